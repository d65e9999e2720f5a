import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { AbortedError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'
import type { TransferEvent } from './events.ts'

const BYTES = Buffer.from(someBytes(7_000_000).toString('base64'))
const OPTIONS = { name: 'mesh', sliceBytes: 2_000_000, parallel: 2 }

/** A platform that keeps what is uploaded, and refuses uploads with these statuses first. */
async function aPlatform(refusals: number[] = []) {
  const names: string[] = []
  const files: object[] = []
  const server = await aServer(async (request, response) => {
    if (request.method === 'GET') {
      const search = new URL(request.url ?? '', 'http://x').searchParams.get('search') ?? ''
      return sendJson(response, 200, aPage(files.filter((file) => JSON.stringify(file).includes(search))))
    }
    // One whose sender gives it up does not arrive.
    const [part] = await receiveForm(request).catch(() => [])
    if (!part) return
    const refusal = refusals.shift()
    if (refusal !== undefined) return sendJson(response, refusal, { detail: 'Not now.' })
    const name = /filename="(.*)"/.exec(part.headers)?.[1] ?? ''
    const file = { ...aFile(part.body, name, `id${files.length}`), isUploaded: true }
    names.push(name)
    files.push(file)
    sendJson(response, 201, file)
  })
  return Object.assign(server, { names })
}

function aListener() {
  const events: TransferEvent[] = []
  const types = () => events.map(({ type }) => type).filter((type) => type !== 'progress')
  return { events, types, onEvent: (event: TransferEvent) => void events.push(event) }
}

it('tells of a split upload as of one file: its bytes, ever more of them, to the last', async () => {
  await using folder = await aFolder()
  await using platform = await aPlatform([429])
  await writeFile(folder.in('x'), BYTES)
  const heard = aListener()
  const transferred: number[] = []
  const onProgress = (progress: { transferred: number }) => void transferred.push(progress.transferred)
  const { onEvent } = heard
  await aClient(platform.url).files.splitUpload(folder.in('x'), { ...OPTIONS, onEvent, onProgress })
  expect(heard.types()).toEqual(['started', 'retrying', 'finished'])
  expect(heard.events.at(-1)).toMatchObject({
    item: { direction: 'upload', name: 'mesh', bytes: BYTES.byteLength, total: BYTES.byteLength },
    all: { files: 1, finished: 1, bytes: BYTES.byteLength },
  })
  expect(transferred.length).toBeGreaterThan(platform.names.length)
  expect(transferred.at(-1)).toBe(BYTES.byteLength)
  expect(Math.max(...transferred)).toBe(BYTES.byteLength)
})

it('goes on where it was aborted, and sends every slice once', async () => {
  await using folder = await aFolder()
  await using platform = await aPlatform()
  await writeFile(folder.in('x'), BYTES)
  const { files } = aClient(platform.url)
  const controller = new AbortController()
  const stopping = ({ transferred }: { transferred: number }) =>
    void (transferred > BYTES.byteLength / 2 && controller.abort('enough'))
  const heard = aListener()
  const aborted = files.splitUpload(folder.in('x'), {
    ...{ ...OPTIONS, reuse: true, onEvent: heard.onEvent },
    ...{ onProgress: stopping, signal: controller.signal },
  })
  expect(await failureOf(aborted)).toBeInstanceOf(AbortedError)
  expect(heard.types()).toEqual(['started', 'failed'])
  const before = platform.names.length
  expect(before).toBeGreaterThan(0)
  const again = aListener()
  const split = await files.splitUpload(folder.in('x'), { ...OPTIONS, reuse: true, onEvent: again.onEvent })
  expect(again.types()).toEqual(['started', 'finished'])
  expect(platform.names.length).toBeGreaterThan(before)
  // One that was on its way when the call was aborted may have arrived all the same, and is there twice at most.
  expect(new Set(platform.names).size).toBe(split.files.length)
  const third = aListener()
  await files.splitUpload(folder.in('x'), { ...OPTIONS, reuse: true, onEvent: third.onEvent })
  expect(third.types()).toEqual(['started', 'reused'])
})

it('compares each slice with what arrived, if asked to, and stops before it begins', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), BYTES)
  await using liar = await aServer(async (request, response) => {
    await receiveForm(request)
    sendJson(response, 201, { ...aFile(Buffer.from('other')), decryptedSize: undefined })
  })
  const { files } = aClient(liar.url)
  await files.splitUpload(folder.in('x'), OPTIONS)
  const failure = await failureOf(files.splitUpload(folder.in('x'), { ...OPTIONS, verify: true }))
  expect(failure.name).toBe('IntegrityError')
  const before = liar.seen.length
  const stopped = failureOf(files.splitUpload(folder.in('x'), { signal: AbortSignal.abort('no') }))
  expect(await stopped).toBeInstanceOf(AbortedError)
  expect(liar.seen).toHaveLength(before)
})
