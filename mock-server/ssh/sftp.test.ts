import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import type { Client, SFTPWrapper } from 'ssh2'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectTo, openSftp } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
let client: Client
let sftp: SFTPWrapper
let folder = ''
let count = 0

beforeAll(async () => {
  cluster = await startTestCluster({ limits: { handlesPerSftpSession: 4 } })
  client = await connectTo(cluster)
})

afterAll(async () => {
  client.end()
  await cluster.close()
})

beforeEach(async () => {
  sftp = await openSftp(client)
  folder = `work/t${++count}`
  mkdirSync(join(cluster.home, folder))
  return () => sftp.end()
})

const real = (name: string): string => join(cluster.home, folder, name)

/** The answer, or the status of a refusal as OpenSSH prints it. */
const ask = <T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => unknown,
): Promise<T | string> =>
  new Promise((resolve) => {
    call((error, value) => resolve(error ? error.message : value))
  })

const put = (name: string, content: string | Buffer): Promise<unknown> =>
  ask((done) => sftp.writeFile(name, content, done as (error: Error | null | undefined) => void))

const get = (name: string): Promise<Buffer | string> => ask((done) => sftp.readFile(name, done))

describe('A file over SFTP', () => {
  test('arrives and comes back byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * index) >>> 5))
    await put(`${folder}/a b`, bytes)
    expect(readFileSync(real('a b')).equals(bytes)).toBe(true)
    expect(bytes.equals((await get(`${folder}/a b`)) as Buffer)).toBe(true)
  })

  test('arrives and comes back with many requests under way', async () => {
    const bytes = Buffer.alloc(5_000_001, 'localscale')
    writeFileSync(real('local'), bytes)
    const options = { concurrency: 64, chunkSize: 32_768 }
    await promisify(sftp.fastPut.bind(sftp) as never)(real('local'), `${folder}/there`, options)
    await promisify(sftp.fastGet.bind(sftp) as never)(`${folder}/there`, real('back'), options)
    expect(readFileSync(real('there')).equals(bytes)).toBe(true)
    expect(readFileSync(real('back')).equals(bytes)).toBe(true)
  })

  test('is appended to, emptied, and not made anew, as the flags say', async () => {
    await put(`${folder}/f`, 'one')
    await ask((done) => sftp.appendFile(`${folder}/f`, ' two', done as never))
    expect(readFileSync(real('f'), 'utf8')).toBe('one two')
    await put(`${folder}/f`, 'x')
    expect(readFileSync(real('f'), 'utf8')).toBe('x')
    expect(await ask((done) => sftp.open(`${folder}/f`, 'wx', done))).toBe('Failure')
    expect(await ask((done) => sftp.open(`${folder}/none`, 'r', done))).toBe('No such file')
  })

  test('that is written in overlapping pieces without waiting ends as the last of them say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ offset: fc.nat(200), bytes: fc.uint8Array({ minLength: 1, maxLength: 100 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (writes) => {
          const handle = (await ask((done) => sftp.open(`${folder}/pieces`, 'w', done))) as Buffer
          const expected = Buffer.alloc(Math.max(...writes.map(({ offset, bytes }) => offset + bytes.length)))
          for (const { offset, bytes } of writes) expected.set(bytes, offset)
          await Promise.all(
            writes.map(({ offset, bytes }) =>
              ask((done) => sftp.write(handle, Buffer.from(bytes), 0, bytes.length, offset, done as never)),
            ),
          )
          await ask((done) => sftp.close(handle, done as never))
          expect(readFileSync(real('pieces')).equals(expected)).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('ends where it ends, wherever one reads', async () => {
    await put(`${folder}/f`, '0123456789')
    const handle = (await ask((done) => sftp.open(`${folder}/f`, 'r', done))) as Buffer
    const read = (position: number, length: number): Promise<string> =>
      new Promise((resolve) => {
        const buffer = Buffer.alloc(length)
        sftp.read(handle, buffer, 0, length, position, (error, bytes) =>
          resolve(error ? error.message : buffer.toString('latin1', 0, bytes)),
        )
      })
    const pieces = await Promise.all([
      read(0, 4),
      read(4, 4),
      read(8, 4),
      read(10, 4),
      read(99, 1),
      read(3, 2),
    ])
    expect(pieces).toEqual(['0123', '4567', '89', '', '', '34'])
    await ask((done) => sftp.close(handle, done as never))
  })

  test('has its size, mode and times set and shown', async () => {
    await put(`${folder}/f`, '0123456789')
    await ask((done) =>
      sftp.setstat(`${folder}/f`, { size: 4, mode: 0o640, atime: 1000, mtime: 2000 } as never, done as never),
    )
    expect(statSync(real('f'))).toMatchObject({
      size: 4,
      mode: 0o100640,
      atimeMs: 1_000_000,
      mtimeMs: 2_000_000,
    })
    const shown = await ask((done) => sftp.stat(`${folder}/f`, done))
    expect(shown).toMatchObject({ size: 4, mode: 0o100640, atime: 1000, mtime: 2000 })
    const handle = (await ask((done) => sftp.open(`${folder}/f`, 'r+', done))) as Buffer
    await ask((done) => sftp.fchmod(handle, 0o600, done as never))
    expect(await ask((done) => sftp.fstat(handle, done))).toMatchObject({ size: 4, mode: 0o100600 })
    await ask((done) => sftp.close(handle, done as never))
  })

  test('never gets set-user-id bits, and is not given away', async () => {
    await put(`${folder}/f`, 'x')
    await ask((done) => sftp.chmod(`${folder}/f`, 0o6755, done as never))
    expect(statSync(real('f')).mode & 0o7777).toBe(0o755)
    expect(await ask((done) => sftp.chown(`${folder}/f`, 12345, 12345, done as never))).toBe(
      'Permission denied',
    )
  })

  test('can be opened only as often at a time as is allowed', async () => {
    await put(`${folder}/f`, 'x')
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => ask((done) => sftp.open(`${folder}/f`, 'r', done))),
    )
    expect(opened.filter((handle) => handle === 'Too many open files')).toHaveLength(1)
  })
})

describe('Folders over SFTP', () => {
  test('are listed with their attributes, however many entries there are', async () => {
    for (let index = 0; index < 250; index++) writeFileSync(real(`f${index}`), 'x'.repeat(index))
    const entries = await ask((done) => sftp.readdir(folder, done))
    const sizes = new Map(
      (entries as { filename: string; attrs: { size: number } }[]).map((e) => [e.filename, e.attrs.size]),
    )
    expect(sizes.size).toBe(250)
    expect(sizes.get('f42')).toBe(42)
  })

  test('show the lines of ls -l', async () => {
    writeFileSync(real('data.txt'), 'x'.repeat(1234))
    const [entry] = (await ask((done) => sftp.readdir(folder, done))) as { longname: string }[]
    expect(entry?.longname).toMatch(
      /^-rw-r--r-- +1 uprod_abc123 uprod_abc123 +1234 [A-Z][a-z]{2} [ \d]\d \d\d:\d\d data\.txt$/,
    )
  })

  test('are made, renamed and removed', async () => {
    await ask((done) => sftp.mkdir(`${folder}/d`, done as never))
    expect(await ask((done) => sftp.mkdir(`${folder}/d`, done as never))).toBe('Failure')
    writeFileSync(real('d/f'), '')
    expect(await ask((done) => sftp.rmdir(`${folder}/d`, done as never))).toBe('Failure')
    expect(await ask((done) => sftp.unlink(`${folder}/d`, done as never))).toBe('Failure')
    await ask((done) => sftp.rename(`${folder}/d`, `${folder}/e`, done as never))
    await ask((done) => sftp.unlink(`${folder}/e/f`, done as never))
    await ask((done) => sftp.rmdir(`${folder}/e`, done as never))
    expect(readdirSync(real('.'))).toEqual([])
  })

  test('are not replaced by a rename, except by the one of OpenSSH', async () => {
    writeFileSync(real('a'), 'a')
    writeFileSync(real('b'), 'b')
    expect(await ask((done) => sftp.rename(`${folder}/a`, `${folder}/b`, done as never))).toBe('Failure')
    expect(
      await ask((done) => sftp.ext_openssh_rename(`${folder}/a`, `${folder}/b`, done as never)),
    ).toBeUndefined()
    expect(readFileSync(real('b'), 'utf8')).toBe('a')
  })
})

describe('Paths over SFTP', () => {
  const absolute = (path: string): Promise<string> => ask((done) => sftp.realpath(path, done))

  test('lead to the home as the cluster names it', async () => {
    expect(await absolute('.')).toBe('/enc/uprod_abc123')
    expect(await absolute('/')).toBe('/enc/uprod_abc123')
    expect(await absolute('work/../work/./new')).toBe('/enc/uprod_abc123/work/new')
    expect(await absolute('../../..')).toBe('/enc/uprod_abc123')
    expect(await absolute('/etc/passwd')).toBe('No such file')
  })

  test('may begin with the home as it is named on the cluster or on this machine, or with none', async () => {
    await put(`${folder}/f`, 'here')
    for (const home of ['/enc/uprod_abc123', cluster.home, '']) {
      expect(String(await get(`${home}/${folder}/f`))).toBe('here')
    }
  })

  test('follow links inside the home and none that lead out', async () => {
    writeFileSync(real('f'), 'inside')
    symlinkSync('f', real('relative'))
    symlinkSync(real('f'), real('absolute'))
    symlinkSync('/etc/passwd', real('out'))
    symlinkSync('../../../../../etc', real('up'))
    expect(String(await get(`${folder}/relative`))).toBe('inside')
    expect(String(await get(`${folder}/absolute`))).toBe('inside')
    expect(await get(`${folder}/out`)).toBe('Permission denied')
    expect(await get(`${folder}/up/passwd`)).toBe('Permission denied')
    expect(await ask((done) => sftp.stat(`${folder}/out`, done))).toBe('Permission denied')
    expect(await ask((done) => sftp.lstat(`${folder}/out`, done))).toMatchObject({
      size: '/etc/passwd'.length,
    })
  })

  test('make links that commands can follow, and none that lead out', async () => {
    writeFileSync(real('f'), 'inside')
    const link = (target: string, name: string) =>
      ask((done) => sftp.symlink(target, `${folder}/${name}`, done as never))
    await link('f', 'one')
    await link(`/enc/uprod_abc123/${folder}/f`, 'two')
    expect(readFileSync(real('one'), 'utf8') + readFileSync(real('two'), 'utf8')).toBe('insideinside')
    expect(readlinkSync(real('two'))).toBe(real('f'))
    expect(await ask((done) => sftp.readlink(`${folder}/two`, done))).toBe(`/enc/uprod_abc123/${folder}/f`)
    expect(await link('../../../etc/passwd', 'three')).toBe('Permission denied')
    expect(lstatSync(real('three'), { throwIfNoEntry: false })).toBeUndefined()
  })

  test('never open pipes or devices', async () => {
    const { execFileSync } = await import('node:child_process')
    execFileSync('mkfifo', [real('fifo')])
    expect(await get(`${folder}/fifo`)).toBe('Permission denied')
    expect(await put(`${folder}/fifo`, 'x')).toBe('Permission denied')
  })

  test('cannot remove or rename the home', async () => {
    expect(await ask((done) => sftp.rmdir('.', done as never))).toBe('Permission denied')
    expect(await ask((done) => sftp.rename('/', 'work/x', done as never))).toBe('Permission denied')
    expect(existsSync(cluster.home)).toBe(true)
  })

  test('keep names that are no UTF-8', async () => {
    const odd = Buffer.concat([Buffer.from(`${cluster.home}/${folder}/`), Buffer.of(0xff, 0xfe)])
    writeFileSync(odd, 'odd')
    const entries = (await ask((done) => sftp.readdir(folder, done))) as { longname: string }[]
    expect(entries).toHaveLength(1)
    await ask((done) => sftp.unlink(`${folder}/\ufffd`, done as never))
    expect(existsSync(odd)).toBe(true)
  })
})

describe('A storage device', () => {
  test('is a folder of the home for SFTP, wherever it lies', async () => {
    const device = await startTestCluster()
    writeFileSync(join(device.home, 'kept'), 'on the device')
    const other = await startTestCluster({ mounts: { storage_abc: device.home } })
    symlinkSync(device.home, join(other.home, 'storage_abc'))
    const otherClient = await connectTo(other)
    const otherSftp = await openSftp(otherClient)
    expect(String(await ask((done) => otherSftp.readFile('storage_abc/kept', done)))).toBe('on the device')
    expect(await ask((done) => otherSftp.realpath('storage_abc/../storage_abc/kept', done))).toBe(
      '/enc/uprod_abc123/storage_abc/kept',
    )
    otherClient.end()
    await Promise.all([device.close(), other.close()])
  })
})

describe('An SFTP session', () => {
  test('survives what makes no sense', async () => {
    expect(await ask((done) => sftp.close(Buffer.from('nonsense'), done as never))).toBe('Failure')
    expect(await ask((done) => sftp.readdir(Buffer.of(0, 0, 0, 99), done))).toBe('Failure')
    expect(await ask((done) => sftp.stat(`${folder}/${'x'.repeat(300)}`, done))).toBe('Bad message')
    expect(await ask((done) => sftp.stat('a\0b', done))).toBe('Bad message')
    expect(await ask((done) => sftp.stat('.', done))).toMatchObject({ mode: expect.any(Number) })
  })

  test('tells how full the disk is', async () => {
    const volume = await ask((done) => sftp.ext_openssh_statvfs('work', done as never))
    expect(volume).toMatchObject({ f_namemax: 255, f_bsize: expect.any(Number) })
  })
})
