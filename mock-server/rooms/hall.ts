import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { mount, quoted } from './room-plan.ts'
import type { RoomTools } from './room-tools.ts'

/** What rooms have in common: what is shown in its folder is seen in all of them, also in those that were opened before. */
export interface Hall {
  /** Holds its namespaces. */
  readonly pid: number
  /** Makes a folder visible at a place, an empty folder below the hall's own. It goes when that is removed. */
  show(folder: string, place: string): Promise<void>
  close(): Promise<void>
}

/**
 * A mount namespace in which the folder is shared: namespaces made from it get what is mounted there later. A bash waits
 * in it for orders, as only somebody in there has the rights, and ends with its input.
 */
export async function openHall(folder: string, { hall, environment }: RoomTools): Promise<Hall> {
  const [file = '', ...args] = hall
  const child = spawn(file, args, { cwd: '/', env: environment, detached: true, stdio: 'pipe' })
  const gone = once(child, 'close')
  child.stdin.on('error', () => {})
  child.stderr.resume()
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const order = async (command: string): Promise<void> => {
    child.stdin.write(`{ ${command}; } 2>&1 </dev/null | tr '\\n' ' '; echo "\${PIPESTATUS[0]}"\n`)
    const { value: answer = 'the hall is closed' } = await answers.next()
    if (answer !== '0') throw new Error(String(answer))
  }
  const place = quoted(folder)
  let last = order(`${mount} --bind ${place} ${place} && ${mount} --make-shared ${place}`)
  await last
  return {
    pid: child.pid ?? 0,
    show: (source, place) => {
      last = last.catch(() => {}).then(() => order(`${mount} --bind ${quoted(source)} ${quoted(place)}`))
      return last
    },
    async close() {
      child.stdin.destroy()
      await gone
    },
  }
}
