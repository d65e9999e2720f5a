import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { behindDoor } from './doors.ts'
import { openRoom, type Room } from './room.ts'
import type { RoomPlan } from './room-plan.ts'
import { type RoomTools, type RoomWay, roomTools } from './room-tools.ts'

/** Whether this machine lets us make rooms. */
export type RoomsFound =
  | { readonly kind: 'rooms'; readonly tools: RoomTools }
  | { readonly kind: 'none'; readonly why: string }

const ways: readonly RoomWay[] = ['root', 'user']

/** Really opens a room and starts a program in it: kernels, containers and versions of util-linux differ. */
export async function findRooms(plan: RoomPlan): Promise<RoomsFound> {
  if (process.platform !== 'linux') return { kind: 'none', why: 'only Linux has namespaces' }
  const problems: string[] = []
  for (const way of process.getuid?.() === 0 ? ways : ways.slice(1)) {
    try {
      const tools = roomTools(way)
      await tryOut(plan, tools)
      return { kind: 'rooms', tools }
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  return { kind: 'none', why: [...new Set(problems)].join('; ') }
}

async function tryOut(plan: RoomPlan, tools: RoomTools): Promise<void> {
  const room = await openRoom(plan, tools)
  try {
    await enter(room, tools)
  } finally {
    await room.close()
  }
}

/** Says that it is there, waits for the end of its input, and ends with a number that nothing else ends with. */
const visit = '[ -e /proc/$$/stat ] && echo in; read -r; exit 42'

async function enter(room: Room, { environment }: RoomTools): Promise<void> {
  const { file, args, folder } = room.inside({ file: 'bash', args: ['-c', visit], folder: '/' })
  const child = spawn(file, args, { cwd: folder, env: environment, stdio: 'pipe' })
  const ended = once(child, 'close')
  child.stdin.on('error', () => {})
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await Promise.race([once(child.stdout, 'data'), ended])
  const isFound = child.pid !== undefined && behindDoor(child.pid) !== null
  child.stdin.end()
  const [code] = await ended
  if (code !== 42) throw new Error(said.trim() || `a program in a namespace ended with ${code}`)
  if (!isFound) throw new Error('/proc does not tell the children of a process')
}
