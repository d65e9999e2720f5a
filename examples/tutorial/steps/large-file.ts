import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Context } from '../context.ts'
import { runToSuccess } from '../jobs.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'

const NAME = 'testfile'
const CONNECTIONS = 10
// Base64 makes four characters of three bytes, and openssl ends each line of 64 with a newline.
const bytesFor = (size: number): number => Math.floor((size * 64) / 65 / 4) * 3

export const largeFileSteps: readonly Step[] = [
  {
    title: 'a job that makes a large file',
    async run(context) {
      const job = await runToSuccess(context, {
        name: 'large file',
        command: `openssl rand -out ${NAME} -base64 ${bytesFor(context.size)}`,
      })
      const file = await context.client.jobs.files(job.id, { search: NAME }).first()
      assert(file, `${NAME} should be among the outputs`)
      const difference = Math.abs(file.decryptedSize - context.size)
      assert(difference < 128, `${NAME} has ${file.decryptedSize} bytes in place of about ${context.size}`)
      context.made.largeFile = file
      return `${file.name} is ${file.id}, ${megabytes(file.decryptedSize)}`
    },
  },
  {
    title: `ranged download with ${CONNECTIONS} connections`,
    async run(context) {
      const path = join(context.folder, NAME)
      const text = await timedDownload(context, path, CONNECTIONS)
      context.made.largeFilePath = path
      return text
    },
  },
  {
    title: 'the same with one connection',
    async run(context) {
      const path = join(context.folder, `${NAME}.once`)
      const text = await timedDownload(context, path, 1)
      await rm(path)
      return text
    },
  },
]

async function timedDownload({ client, made }: Context, path: string, connections: number): Promise<string> {
  const file = need(made.largeFile, 'the large file')
  const started = performance.now()
  await client.files.download(file.id, { to: path, connections })
  const seconds = (performance.now() - started) / 1000
  assertEqual(await sha512Of(path), file.fileChecksums[0]?.fileHash, 'SHA-512 of the download')
  return `${megabytes(file.decryptedSize)} in ${seconds.toFixed(2)} s, ${(file.decryptedSize / 1e6 / seconds).toFixed(0)} MB/s, SHA-512 verified`
}

export async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
