import { randomBytes } from 'node:crypto'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytes } from '../format.ts'
import { type Finding, failed, messageOf, note, ok } from './finding.ts'

const LITTLE_BYTES = 1_000_000_000

/** Whether downloads can be written here. */
export async function* examineDisk(folder: string): AsyncGenerator<Finding> {
  const probe = join(folder, `.rescale-doctor-${randomBytes(4).toString('hex')}`)
  try {
    await writeFile(probe, 'x', { flag: 'wx' })
    await rm(probe)
  } catch (error) {
    yield failed('disk', messageOf(error), 'Go to a folder of yours, or name one with --to.', 'error')
    return
  }
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${folder} can be written to, ${bytes(free)} free`
  yield free > LITTLE_BYTES ? ok('disk', detail) : note('disk', detail, 'Large results may not fit.')
}
