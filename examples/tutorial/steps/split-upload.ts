import { outputOf, runToSuccess } from '../jobs.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'
import { megabytes, sha512Of } from './large-file.ts'

const SLICES = 8

export const splitUploadSteps: readonly Step[] = [
  {
    title: 'split upload in parallel, and the file as one',
    async run({ client, made, progress }) {
      const path = need(made.largeFilePath, 'the downloaded file')
      const started = performance.now()
      const sliceBytes = Math.ceil(need(made.largeFile, 'the large file').decryptedSize / SLICES)
      const split = await client.files.splitUpload(path, {
        sliceBytes,
        onProgress: ({ transferred }) => progress(`${megabytes(transferred)} sent`),
      })
      made.split = split
      const seconds = (performance.now() - started) / 1000
      assert(split.fileIds.length > 1, 'the file should have been cut')
      const startedAsOne = performance.now()
      await client.files.upload(path)
      const secondsAsOne = (performance.now() - startedAsOne) / 1000
      return `${split.fileIds.length} slices in ${seconds.toFixed(2)} s, as one in ${secondsAsOne.toFixed(2)} s`
    },
  },
  {
    title: 'reassembled and hashed inside a job, hash read from the log and compared',
    async run(context) {
      const split = need(context.made.split, 'the slices')
      const job = await runToSuccess(context, {
        name: 'split upload',
        // It prints "checksum <sha512>" itself, as the last line that the job writes.
        command: `${split.command} && rm ${split.name}`,
        inputFiles: split.inputFiles,
        isLowPriority: true,
      })
      const line = (await outputOf(context, job.id)).at(-3) ?? ''
      const remote = /checksum ([0-9a-f]{128})/.exec(line)?.[1]
      assertEqual(
        remote,
        await sha512Of(need(context.made.largeFilePath, 'the downloaded file')),
        'the hash in the log',
      )
      return `SHA-512 ${remote?.slice(0, 16)}… on both sides`
    },
  },
]
