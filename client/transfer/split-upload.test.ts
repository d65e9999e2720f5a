import { execFileSync, spawnSync } from 'node:child_process'
import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, sha512, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { itWith } from '../test-support/programs.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'
import { quote } from './shell.ts'
import { readChecksum, splitVerdict } from './split-command.ts'

const BYTES = Buffer.from(someBytes(600_000).toString('base64'))

/** A platform that puts uploads into `folder`, as a cluster does before the command starts. */
async function aCluster(folder: string) {
  const state = { atOnce: 0, most: 0, wanted: 1 }
  let go = () => {}
  const enough = new Promise<void>((resolve) => {
    go = resolve
  })
  await mkdir(folder)
  const server = await aServer(async (request, response) => {
    if (request.method === 'GET') return sendJson(response, 200, aPage([]))
    state.most = Math.max(state.most, ++state.atOnce)
    // Nobody is answered before so many are under way.
    if (state.atOnce >= state.wanted) go()
    await enough
    const [part] = await receiveForm(request)
    const name = /filename="(.*)"/.exec(part?.headers ?? '')?.[1] ?? ''
    await writeFile(join(folder, name), part?.body ?? '')
    state.atOnce--
    sendJson(response, 201, { ...aFile(part?.body ?? Buffer.alloc(0)), name, id: `id-${name}` })
  })
  return Object.assign(server, { state })
}

it.each(['data.csv', "it's 100% (new) $HOME.bin", '-rf *', 'ünï cödé'])(
  'is put together in a job again: %s',
  async (name) => {
    await using folder = await aFolder()
    await using cluster = await aCluster(folder.in('work'))
    cluster.state.wanted = 3
    await writeFile(folder.in('local'), BYTES)
    const split = await aClient(cluster.url).files.splitUpload(folder.in('local'), {
      name,
      sliceBytes: 70_000,
      parallel: 3,
    })
    expect(split.files).toHaveLength(12)
    expect(split.inputFiles[0]).toEqual({ id: split.fileIds[0], decompress: false })
    expect(split.sha512).toBe(sha512(BYTES))
    expect(split.compressedSize).toBeLessThan(0.8 * split.size)
    expect(cluster.state.most).toBe(3)
    const printed = execFileSync('sh', ['-c', `${split.command}; echo done`], {
      cwd: folder.in('work'),
      encoding: 'utf8',
    })
    expect(printed).toBe(`checksum ${sha512(BYTES)}\ndone\n`)
    expect(await readdir(folder.in('work'))).toEqual([name])
    expect((await readFile(folder.in('work', name))).equals(BYTES)).toBe(true)
    expect(readChecksum(printed.split('\n').map((line) => `[2023-09-01T12:00:00Z]: ${line}\n`))).toBe(
      sha512(BYTES),
    )
  },
)

it.each(['huffman', 'fast', 'none'] as const)('compresses by %s', async (compression) => {
  await using folder = await aFolder()
  await using cluster = await aCluster(folder.in('work'))
  await writeFile(folder.in('x'), BYTES)
  const split = await aClient(cluster.url).files.splitUpload(folder.in('x'), { sliceBytes: 1e6, compression })
  expect(split.files.map(({ name }) => name)).toEqual(['x.part-1-of-1.gz'])
  execFileSync('sh', ['-c', split.command], { cwd: folder.in('work') })
  expect((await readFile(folder.in('work', 'x'))).equals(BYTES)).toBe(true)
})

it('fails in the job, and prints what it found, when a slice is damaged', async () => {
  await using folder = await aFolder()
  await using cluster = await aCluster(folder.in('work'))
  await writeFile(folder.in('x'), BYTES)
  const split = await aClient(cluster.url).files.splitUpload(folder.in('x'), { sliceBytes: 100_000 })
  const extra = execFileSync('gzip', ['-c'], { input: 'more' })
  await appendFile(folder.in('work', split.files.at(-1)?.name ?? ''), extra)
  const run = spawnSync('sh', ['-c', split.command], { cwd: folder.in('work'), encoding: 'utf8' })
  expect(run.status).not.toBe(0)
  const wrong = sha512(Buffer.concat([BYTES, Buffer.from('more')]))
  expect(readChecksum(run.stdout.split('\n'))).toBe(wrong)
  expect(splitVerdict(run.stdout.split('\n'), split)).toEqual({ verdict: 'damaged', sha512: wrong })
  expect(splitVerdict(['hello'], split)).toEqual({ verdict: 'unknown', sha512: undefined })
  expect(splitVerdict([`checksum ${split.sha512}`, ...run.stdout.split('\n')], split).verdict).toBe('joined')
})

for (const tool of ['shasum', 'openssl'])
  itWith(tool)(`needs no sha512sum where there is ${tool}`, async () => {
    await using folder = await aFolder()
    await using cluster = await aCluster(folder.in('work'))
    await writeFile(folder.in('x'), BYTES)
    const split = await aClient(cluster.url).files.splitUpload(folder.in('x'), { sliceBytes: 1e6 })
    await mkdir(folder.in('bin'))
    for (const name of ['cat', 'gzip', 'rm', 'cut', tool]) {
      const found = execFileSync('which', [name], { encoding: 'utf8' }).trim()
      await writeFile(folder.in('bin', name), `#!/bin/sh\nexec ${found} "$@"\n`, { mode: 0o755 })
    }
    const run = spawnSync('/bin/sh', ['-c', split.command], {
      cwd: folder.in('work'),
      env: { PATH: folder.in('bin') },
      encoding: 'utf8',
    })
    expect(run.stdout).toBe(`checksum ${sha512(BYTES)}\n`)
  })

it('stops the other slices when one is refused', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), BYTES)
  let uploads = 0
  await using server = await aServer(async (request, response) => {
    await receiveForm(request).catch(() => [])
    if (++uploads === 3) sendJson(response, 400, { detail: 'No more.' })
    else sendJson(response, 201, { id: 'x' })
  })
  const splitting = aClient(server.url).files.splitUpload(folder.in('x'), { sliceBytes: 20_000, parallel: 2 })
  expect(await failureOf(splitting)).toMatchObject({ name: 'ValidationError', detail: 'No more.' })
  expect(uploads).toBeLessThan(8)
})

it.each([
  ['gzip', {}],
  ['7-Zip', { sevenZip: { program: '7za-that-reads' } }],
] as const)('fails, and sends nothing more, when the file becomes shorter under %s', async (_, how) => {
  await using folder = await aFolder()
  const path = folder.in('large.bin')
  await writeFile(path, Buffer.alloc(40_000_000, 7))
  // Takes what comes for the whole, as 7-Zip does.
  const reads = `#!/bin/sh\n: > ${quote(path)}\ncat > packed.7z.001\n`
  await writeFile(folder.in('7za-that-reads'), reads, { mode: 0o755 })
  let uploads = 0
  await using server = await aServer(async (request, response) => {
    // The first slice is there: from here on the file has nothing.
    if (++uploads === 1) await truncate(path, 0)
    await receiveForm(request).catch(() => [])
    sendJson(response, 201, { id: 'x' })
  })
  const sevenZip = 'sevenZip' in how ? { sevenZip: { program: folder.in(how.sevenZip.program) } } : {}
  const splitting = aClient(server.url).files.splitUpload(path, {
    sliceBytes: 1_000_000,
    parallel: 1,
    ...sevenZip,
  })
  const failure = await failureOf(splitting)
  expect(failure).toMatchObject({
    name: 'IntegrityError',
    message: expect.stringContaining('became shorter'),
  })
  const before = uploads
  await setImmediate()
  expect(uploads).toBe(before)
  expect(uploads).toBeLessThan(3)
})

it('has nothing to split in an empty file', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), '')
  const failure = await failureOf(aClient('http://127.0.0.1:9').files.splitUpload(folder.in('x')))
  expect(failure.message).toContain('is empty')
})

it('quotes any text as one word of a shell', () => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const script = `for word in ${words.map(quote).join(' ')}; do printf '%s\\0' "$word"; done`
      expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
        words.map((each) => `${each}\0`).join(''),
      )
    }),
    { numRuns: 30 },
  )
})

for (const name of ['data.csv', '-it’s $5.bin'])
  itWith('7za')(
    `is packed into volumes by the user’s own 7-Zip, and unpacked in a job: ${name}`,
    async () => {
      await using folder = await aFolder()
      await using cluster = await aCluster(folder.in('work'))
      await writeFile(folder.in('local'), BYTES)
      const wrapper = '#!/bin/sh\nexec 7za "$@"\n'
      await writeFile(folder.in('7za_linux'), wrapper)
      const split = await aClient(cluster.url).files.splitUpload(folder.in('local'), {
        name,
        sevenZip: { volumeBytes: 200_000, clusterProgram: folder.in('7za_linux') },
      })
      const volumes = split.files.map((file) => file.name)
      expect(volumes.length).toBeGreaterThan(3)
      expect(volumes.slice(0, 2)).toEqual([`${name}.7z.001`, `${name}.7z.002`])
      expect(volumes.at(-1)).toBe('7za_linux')
      const printed = execFileSync('sh', ['-c', split.command], { cwd: folder.in('work'), encoding: 'utf8' })
      expect(splitVerdict(printed.split('\n'), split).verdict).toBe('joined')
      expect((await readdir(folder.in('work'))).toSorted()).toEqual([name, '7za_linux'].toSorted())
      expect((await readFile(folder.in('work', name))).equals(BYTES)).toBe(true)
    },
  )

it('says what to do where there is no 7-Zip, and when it fails', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), BYTES)
  const { files } = aClient('http://127.0.0.1:9')
  const missing = await failureOf(files.splitUpload(folder.in('x'), { sevenZip: { program: 'no-7za-here' } }))
  expect(missing.message).toBe('There is no no-7za-here')
  expect(missing).toMatchObject({ hint: expect.stringContaining('Install 7-Zip') })
  await writeFile(folder.in('bad'), '#!/bin/sh\necho cannot >&2\nexit 2\n', { mode: 0o755 })
  const failed = await failureOf(
    files.splitUpload(folder.in('x'), { sevenZip: { program: folder.in('bad') } }),
  )
  expect(failed.message).toContain('ended with 2: cannot')
})

it('sends no slice again that the account has', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), BYTES)
  const known: object[] = []
  let uploads = 0
  await using server = await aServer(async (request, response) => {
    if (request.method === 'GET') return sendJson(response, 200, aPage(known))
    uploads++
    const [part] = await receiveForm(request)
    const name = /filename="(.*)"/.exec(part?.headers ?? '')?.[1] ?? ''
    const file = { ...aFile(part?.body ?? Buffer.alloc(0), name, `id${known.length}`), isUploaded: true }
    known.push(file)
    sendJson(response, 201, file)
  })
  const { files } = aClient(server.url)
  const options = { sliceBytes: 200_000, reuse: true }
  const first = await files.splitUpload(folder.in('x'), options)
  const second = await files.splitUpload(folder.in('x'), options)
  expect(uploads).toBe(first.files.length)
  expect(second.fileIds).toEqual(first.fileIds)
})
