import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, expect, it, vi } from 'vitest'
import { fromBuffer } from 'yauzl'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { itWith } from '../test-support/programs.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import type { UploadFolderOptions } from './upload-folder.ts'
import { zipFolder, zipToFile } from './zip.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

async function aTree(): Promise<TestFolder> {
  const folder = await aFolder()
  await mkdir(folder.in('b', 'empty'), { recursive: true })
  await writeFile(folder.in('b', 'z.txt'), 'zzz')
  await writeFile(folder.in('a.bin'), someBytes(300_000))
  await writeFile(folder.in('run.sh'), 'echo hi')
  await chmod(folder.in('run.sh'), 0o755)
  await symlink(folder.in('a.bin'), folder.in('link.bin'))
  await symlink(folder.path, folder.in('loop'))
  return folder
}

/** Every entry of a zip: its content, and its permissions. */
function unzipped(zip: Buffer): Promise<Map<string, { content: Buffer; mode: number }>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, { content: Buffer; mode: number }>()
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error) return reject(error)
      file.on('error', reject)
      file.on('end', () => resolve(entries))
      file.on('entry', (entry) => {
        file.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure)
          const mode = (entry.externalFileAttributes >>> 16) & 0o777
          entries.set(entry.fileName, { content: await buffer(stream), mode })
          file.readEntry()
        })
      })
      file.readEntry()
    })
  })
}

it.each(['store', 'deflate'] as const)(
  'zips a folder in the order of its paths, folders first (%s)',
  async (compression) => {
    await using tree = await aTree()
    const archive = await zipFolder(tree.path, { compression })
    const bytes = await buffer(archive.stream)
    const entries = await unzipped(bytes)
    expect([...entries.keys()]).toEqual(['b/', 'b/empty/', 'a.bin', 'b/z.txt', 'link.bin', 'run.sh'])
    expect(entries.get('a.bin')?.content.equals(someBytes(300_000))).toBe(true)
    expect(entries.get('link.bin')?.content.equals(someBytes(300_000))).toBe(true)
    expect(entries.get('run.sh')?.mode).toBe(0o755)
    expect(archive.skipped).toEqual(['loop'])
    expect(archive.size).toBe(compression === 'store' ? bytes.byteLength : undefined)
  },
)

// Many a cluster has no other, and there Info-ZIP renames what has times in UTC and a name that is not ASCII.
const env = { ...process.env, LC_ALL: 'C' }

for (const [program, ...words] of [
  ['7za', 't'],
  ['unzip', '-t'],
] as const) {
  itWith(program)(`makes zips that are in order to ${program}`, async () => {
    await using tree = await aTree()
    await using zips = await aFolder()
    await writeFile(tree.in('b', 'Größe 漢字.txt'), 'x'.repeat(100_000))
    for (const compression of ['store', 'deflate'] as const) {
      const zip = zips.in(`${compression}.zip`)
      await zipToFile(tree.path, zip, { compression })
      const { stdout } = await promisify(execFile)(program, [...words, zip], { env })
      expect(stdout).toMatch(/^Everything is Ok$|^No errors detected/m)
    }
  })
}

itWith('unzip')(
  'makes zips that unzip takes apart with the names that they have, whatever the locale',
  async () => {
    await using tree = await aTree()
    await using out = await aFolder()
    await writeFile(tree.in('b', 'Größe 漢字.txt'), 'x')
    await zipToFile(tree.path, out.in('all.zip'))
    await promisify(execFile)('unzip', ['-q', 'all.zip'], { cwd: out.path, env })
    expect(await readdir(out.in('b'))).toEqual(expect.arrayContaining(['Größe 漢字.txt', 'z.txt']))
  },
)

it('makes the same archive of the same files, whenever they were written', async () => {
  await using one = await aTree()
  await using two = await aTree()
  await utimes(two.in('a.bin'), new Date(0), new Date('2001-01-01'))
  const options = { mtime: new Date('2026-01-01T00:00:00Z') }
  const zips = await Promise.all(
    [one, two].map(async (tree) => buffer((await zipFolder(tree.path, options)).stream)),
  )
  expect(zips[0]?.equals(zips[1] ?? Buffer.alloc(0))).toBe(true)
})

it('leaves out what it is told to, and puts the rest under a folder', async () => {
  await using tree = await aTree()
  const { stream } = await zipFolder(tree.path, {
    prefix: 'job_inputs',
    filter: (path) => path !== 'b' && path !== 'link.bin',
  })
  expect([...(await unzipped(await buffer(stream))).keys()]).toEqual([
    'job_inputs/a.bin',
    'job_inputs/run.sh',
  ])
})

it.each(['store', 'deflate'] as const)(
  'uploads a folder, and leaves no temporary file (%s)',
  async (compression) => {
    await using tree = await aTree()
    let entries = new Map<string, unknown>()
    await using server = await aServer(async (request, response) => {
      const [part] = await receiveForm(request)
      expect(part?.headers).toContain('filename="inputs.zip"')
      entries = await unzipped(part?.body ?? Buffer.alloc(0))
      response.writeHead(201).end(JSON.stringify(aFile(part?.body ?? Buffer.alloc(0))))
    })
    await using temporary = await aFolder()
    vi.stubEnv('TMPDIR', temporary.path)
    await aClient(server.url).files.uploadFolder(tree.path, { compression, name: 'inputs.zip' })
    expect(entries.size).toBe(6)
    expect(await readdir(temporary.path)).toEqual([])
  },
)

it('fails with the file that it cannot read', async () => {
  await using folder = await aFolder()
  expect(await failureOf(zipFolder(folder.in('nothing')))).toMatchObject({ code: 'ENOENT' })
})

it('knows the exact length of an archive of many files', async () => {
  await using folder = await aFolder()
  await Promise.all(Array.from({ length: 1_200 }, (_, index) => writeFile(folder.in(`file-${index}`), 'x')))
  const { stream, size } = await zipFolder(folder.path, { compression: 'store' })
  const bytes = await buffer(stream)
  expect(size).toBe(bytes.byteLength)
  expect((await unzipped(bytes)).size).toBe(1_200)
})

it('zips thousands of empty folders', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('0'), 'x')
  await Promise.all(Array.from({ length: 5_000 }, (_, index) => mkdir(folder.in(`case-${index}`))))
  const { stream, size } = await zipFolder(folder.path)
  const bytes = await buffer(stream)
  expect([bytes.byteLength, (await unzipped(bytes)).size]).toEqual([size, 5_001])
})

it('tells of a file that cannot be read, or that changes meanwhile', async () => {
  await using folder = await aFolder()
  // Larger than all buffers on the way, so that nothing behind it is read before somebody reads the archive.
  await writeFile(folder.in('a'), someBytes(4_000_000))
  const gone = await zipFolder(folder.path)
  await writeFile(folder.in('a'), 'short')
  expect((await failureOf(buffer(gone.stream))).message).toContain('unexpected number of bytes')
  await writeFile(folder.in('a'), someBytes(4_000_000))
  await writeFile(folder.in('b'), 'x')
  const removed = await zipFolder(folder.path)
  await rm(folder.in('b'))
  expect(await failureOf(buffer(removed.stream))).toMatchObject({ code: 'ENOENT' })
})

it.each(['store', 'deflate'] as const)(
  'is given up while it is made, and leaves no temporary file (%s)',
  async (compression) => {
    await using folder = await aFolder()
    await using temporary = await aFolder()
    vi.stubEnv('TMPDIR', temporary.path)
    await writeFile(folder.in('a'), '')
    // Would take half a minute and more.
    await truncate(folder.in('a'), 16 * 1024 ** 3)
    let posts = 0
    await using server = await aServer(async (request, response) => {
      posts++
      await receiveForm(request).catch(() => [])
      sendJson(response, 201, {})
    })
    const controller = new AbortController()
    // Every entry is asked about before the archive is read.
    const filter = () => {
      setImmediate(() => controller.abort('enough'))
      return true
    }
    const { signal } = controller
    const upload = aClient(server.url).files.uploadFolder(folder.path, { compression, filter, signal })
    const failure = await failureOf(upload)
    expect(failure).toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect([posts, await readdir(temporary.path)]).toEqual([0, []])
  },
)

it('leaves out what the folder’s .rescaleignore says, in the words of a .gitignore', async () => {
  await using folder = await aFolder()
  for (const name of ['build', 'case', 'case/logs']) await mkdir(folder.in(name))
  const names = ['build/x.o', 'case/a.inp', 'case/a.tmp', 'case/keep.tmp', 'case/logs/1.log', 'notes.md']
  for (const name of names) await writeFile(folder.in(name), name)
  await writeFile(folder.in('.rescaleignore'), '# results\n*.tmp\n!keep.tmp\nbuild/\n/notes.md\nlogs/*.log\n')
  const uploadedBy = async (options: UploadFolderOptions) => {
    let zip: Buffer = Buffer.alloc(0)
    await using server = await aServer(async (request, response) => {
      const [part] = await receiveForm(request)
      zip = part?.body ?? zip
      sendJson(response, 201, aFile(zip))
    })
    await aClient(server.url).files.uploadFolder(folder.path, options)
    return [...(await unzipped(zip)).keys()].filter((path) => !path.endsWith('/'))
  }
  const kept = ['case/a.inp', 'case/keep.tmp', 'case/logs/1.log']
  expect(await uploadedBy({})).toEqual(kept)
  expect(await uploadedBy({ compression: 'store', filter: (path) => path !== 'case/logs' })).toEqual(
    kept.slice(0, 2),
  )
  expect(await uploadedBy({ ignoreFile: false })).toEqual(['.rescaleignore', ...names])
  expect(await uploadedBy({ ignoreFile: 'none-there' })).toHaveLength(names.length + 1)
})
