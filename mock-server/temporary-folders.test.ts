import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hasProc } from './process-identity.ts'
import { makeTemporaryFolder, removeAbandonedFolders } from './temporary-folders.ts'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'localscale-temporary-'))
})
afterEach(() => rm(parent, { recursive: true }))

/** The number of a process that has ended. */
async function aDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'close')
  return child.pid ?? 0
}

/** The name that such a process would have given its folder. */
function nameOf(owner: { pid: number; startTime?: number; realm?: string }): string {
  const [, , realm = '', , startTime = ''] = basename(makeTemporaryFolder('files', parent)).split('-')
  return `localscale-files-${owner.realm ?? realm}-${owner.pid}-${owner.startTime ?? startTime}-AbCdEf`
}

async function make(name: string): Promise<string> {
  await mkdir(join(parent, name, 'content'), { recursive: true })
  await writeFile(join(parent, name, 'content', 'large.bin'), 'x')
  return name
}

it('removes what processes left that are no more', async () => {
  const dead = await make(nameOf({ pid: await aDeadProcess() }))
  await removeAbandonedFolders(parent)
  expect(existsSync(join(parent, dead))).toBe(false)
})

it.runIf(hasProc)('takes nobody for another with the same number', async () => {
  const earlier = await make(nameOf({ pid: process.pid, startTime: 1 }))
  await removeAbandonedFolders(parent)
  expect(existsSync(join(parent, earlier))).toBe(false)
})

it('leaves alone what is, or may be, of somebody', async () => {
  const dead = await aDeadProcess()
  const own = makeTemporaryFolder('homes', parent)
  const kept = [
    basename(own),
    await make(nameOf({ pid: process.pid })),
    // Another machine, or another container.
    await make(nameOf({ pid: dead, realm: '00000000' })),
    await make('localscale-files'),
    await make(`${nameOf({ pid: dead })}.old`),
  ]
  await make('elsewhere')
  const link = nameOf({ pid: dead })
  await symlink(join(parent, 'elsewhere'), join(parent, link))
  await removeAbandonedFolders(parent)
  expect(await readdir(parent)).toEqual(expect.arrayContaining([...kept, link]))
  expect(await readdir(join(parent, 'elsewhere', 'content'))).toEqual(['large.bin'])
})

it.runIf(process.getuid?.() === 0)('leaves alone what belongs to another user', async () => {
  const foreign = await make(nameOf({ pid: await aDeadProcess() }))
  await chown(join(parent, foreign), 12_345, 12_345)
  await removeAbandonedFolders(parent)
  expect(existsSync(join(parent, foreign))).toBe(true)
})

it('follows no link out of a folder that it removes', async () => {
  const dead = await make(nameOf({ pid: await aDeadProcess() }))
  await make('elsewhere')
  await symlink(join(parent, 'elsewhere'), join(parent, dead, 'content', 'link'))
  await removeAbandonedFolders(parent)
  expect(existsSync(join(parent, dead))).toBe(false)
  expect(await readdir(join(parent, 'elsewhere', 'content'))).toEqual(['large.bin'])
})
