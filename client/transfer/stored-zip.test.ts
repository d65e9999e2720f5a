import { mkdir, writeFile } from 'node:fs/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { IntegrityError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

async function aCase() {
  const folder = await aFolder()
  await mkdir(folder.in('case', 'constant'), { recursive: true })
  await writeFile(folder.in('case', 'Allrun'), 'echo hi')
  await writeFile(folder.in('case', 'constant', 'points'), someBytes(3_000_000))
  return folder
}

/** A platform that keeps archives, and refuses uploads with these statuses first. */
async function aPlatform(refusals: number[] = []) {
  const archives: Buffer[] = []
  const server = await aServer(async (request, response) => {
    const known = archives.map((bytes) => ({ ...aFile(bytes, 'case.zip'), isUploaded: true }))
    if (request.method === 'GET') return sendJson(response, 200, aPage(known))
    const [part] = await receiveForm(request).catch(() => [])
    if (!part) return
    const refusal = refusals.shift()
    if (refusal !== undefined) return sendJson(response, refusal, { detail: 'Not now.' })
    archives.push(part.body)
    sendJson(response, 201, aFile(part.body, 'case.zip'))
  })
  return Object.assign(server, { archives })
}

it('streams a folder as it is zipped, with nothing on the disk, and sends it again where it was refused', async () => {
  await using folder = await aCase()
  await using platform = await aPlatform([429, 429])
  vi.stubEnv('TMPDIR', folder.in('no such folder'))
  const { id } = await aClient(platform.url).files.uploadFolder(folder.in('case'), { verify: true })
  expect(id).toBe('abcdef')
  expect(platform.seen).toHaveLength(3)
  // Stored: method 0 stands in the first entry's header.
  expect(platform.archives[0]?.readUInt16LE(8)).toBe(0)
  expect(platform.archives[0]?.includes(someBytes(3_000_000))).toBe(true)
})

it('sends a folder only once that the account has, and again when something in it has changed', async () => {
  await using folder = await aCase()
  await using platform = await aPlatform()
  const { files } = aClient(platform.url)
  for (let time = 0; time < 2; time++) await files.uploadFolder(folder.in('case'), { reuse: true })
  expect(platform.archives).toHaveLength(1)
  await writeFile(folder.in('case', 'Allrun'), 'echo ho')
  await files.uploadFolder(folder.in('case'), { reuse: true })
  expect(platform.archives).toHaveLength(2)
})

it('sends no mixture of a folder that changes between two attempts', async () => {
  await using folder = await aCase()
  let attempts = 0
  await using platform = await aServer(async (request, response) => {
    await receiveForm(request).catch(() => [])
    attempts++
    await writeFile(folder.in('case', 'new'), 'new')
    sendJson(response, 429, { detail: 'Not now.' })
  })
  const failure = await failureOf(aClient(platform.url).files.uploadFolder(folder.in('case')))
  expect(failure).toBeInstanceOf(IntegrityError)
  expect(failure.message).toContain('changed while it was being sent')
  expect(attempts).toBe(1)
})
