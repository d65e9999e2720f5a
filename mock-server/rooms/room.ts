import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import type { ProgramStart } from '../domain/executor.ts'
import { behindDoor } from './doors.ts'
import type { Hall } from './hall.ts'
import { mountCommands, type RoomPlan } from './room-plan.ts'
import type { RoomTools } from './room-tools.ts'

/** Processes with process numbers and a view of the files of their own. They do not see any others. */
export interface Room {
  /** How to start a program in the room. What is started is its door, `doors.ts`. */
  inside(start: ProgramStart): ProgramStart
  /** By the numbers that the machine has for them; without the first, which is the room's own. */
  processes(): number[]
  /** Resolves when none of its processes is left. */
  readonly gone: Promise<unknown>
  /** Closes when the last process has gone by itself. */
  closeWhenEmpty(): void
  /** Ends all processes at once; resolves when none is left. */
  close(): Promise<void>
}

/** How often a room that is to close looks whether it is empty. */
const lookSeconds = 0.05

/**
 * The first process of a room, number 1 there: bash takes in what lost its parent. The kernel ends all others with it.
 * It lives until its input ends, which it does with the server, however that ends. A line tells it to go when it is alone.
 */
const keeper = [
  'echo ready',
  'read -r || exit 0',
  'until set -- /proc/[1-9]*; [ $# -eq 1 ]; do',
  `s=0; read -r -t ${lookSeconds} || s=$?; [ $s -gt 128 ] || exit 0`,
  'done; exit 0',
]

/** Nobody in the room can end its first process: the kernel lets through only signals that it handles. */
const deaf = "trap '' HUP INT QUIT TERM PIPE ALRM USR1 USR2"

/** Rejects when the machine does not allow it. */
export async function openRoom(plan: RoomPlan, tools: RoomTools, hall: Hall | null = null): Promise<Room> {
  const [file = '', ...args] = tools.opener(hall?.pid ?? null)
  const child = spawn(file, args, { cwd: '/', env: tools.environment, detached: true, stdio: 'pipe' })
  child.stdin.on('error', () => {})
  // Read as a whole before any of it happens, for the rest of the input is the keeper's.
  child.stdin.write(`{\n${[deaf, 'set -e', ...mountCommands(plan), ...keeper].join('\n')}\n}\n`)
  const gone = endOf(child)
  const problem = await Promise.race([ready(child), gone])
  if (problem !== null) throw new Error(problem)
  return {
    inside(start) {
      // Its number may be another's by now.
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
        throw new Error('its cluster is down')
      return tools.through(child.pid, start)
    },
    processes: () => processesOf(child.pid),
    gone,
    closeWhenEmpty: () => void child.stdin.write('\n'),
    async close() {
      child.stdin.destroy()
      await gone
    },
  }
}

/** Those whose namespace is the one that the opener made for its children. */
function processesOf(opener: number | undefined): number[] {
  const room = linkOf(`/proc/${opener}/ns/pid_for_children`)
  if (opener === undefined || room === '') return []
  const first = behindDoor(opener)
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== first && linkOf(`/proc/${pid}/ns/pid`) === room)
}

/** Empty when the process is gone. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

const ready = async ({ stdout }: ChildProcess): Promise<null> => {
  if (stdout) await once(stdout, 'data')
  return null
}

/** Answers what it said, when it ends. */
function endOf(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    if (said.length < 1_000) said += chunk.toString()
  })
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('close', (code) => resolve(said.trim() || `${child.spawnfile} ended with ${code}`))
  })
}
