// One transfer by the built client, run by bare node in a process of its own, which then tells what it took.
import { pathToFileURL } from 'node:url'

const { client: entry, baseUrl, apiKey, warmUp, transfer } = JSON.parse(process.argv[2] ?? '{}')
const { createClient } = await import(pathToFileURL(entry).href)
const client = await createClient({ baseUrl, apiKey })

const run = ({ file, id, head, ...options }) => {
  if (file) return client.files.upload(file)
  // Only asks for the metadata, and loads what a download needs.
  if (head)
    return client.files
      .get(id)
      .then((found) => client.files.download({ ...found, decryptedSize: 0, fileChecksums: [] }, options))
  return client.files.download(id, options)
}

// A tiny transfer first, so that modules are loaded: curl does not count its own start either.
await run(warmUp)
const [begin, cpu] = [performance.now(), process.cpuUsage()]
const result = await run(transfer)
const seconds = (performance.now() - begin) / 1000
const { user, system } = process.cpuUsage(cpu)
const peakMebibytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMebibytes, result }))
