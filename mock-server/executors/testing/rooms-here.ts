import { findRooms } from '../../rooms/find-rooms.ts'

/** Whether runs can be kept apart on this machine; `why` is for the title of a test that is skipped. */
export async function roomsHere(): Promise<{ readonly areThere: boolean; readonly why: string }> {
  const found = await findRooms({ covered: [], kept: [] })
  return found.kind === 'rooms'
    ? { areThere: true, why: '' }
    : { areThere: false, why: ` (skipped, no namespaces here: ${found.why})` }
}
