import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findRooms } from '../../rooms/find-rooms.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** Whether runs can be kept apart on this machine; `why` is for the title of a test that is skipped. */
export async function roomsHere(): Promise<{ readonly areThere: boolean; readonly why: string }> {
  const found = await findRooms({
    covered: [{ folder: project, by: null }],
    kept: [join(project, 'mock-server')],
  })
  return found.kind === 'rooms'
    ? { areThere: true, why: '' }
    : { areThere: false, why: ` (skipped, no namespaces here: ${found.why})` }
}
