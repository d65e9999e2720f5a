import { lstatSync, realpathSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { findRooms, type RoomsFound } from '../../rooms/find-rooms.ts'
import { type Hall, openHall } from '../../rooms/hall.ts'
import { openRoom, type Room } from '../../rooms/room.ts'
import type { Cover, RoomPlan } from '../../rooms/room-plan.ts'
import type { RoomTools } from '../../rooms/room-tools.ts'
import { createMachineFolder, emptyRoom, type MachineFolder, removeMachineFolder } from './job-room.ts'
import { standInFolder } from './run-environment.ts'
import type { RunFolder } from './run-folder.ts'

/** `required` lets no run start that would not be alone; `none` does not even try. */
export type Isolation = 'auto' | 'none' | 'required'

export interface RunRoomsOptions {
  readonly root: string
  readonly isolation: Isolation
  /** Folders of the server's own besides the root, which runs do not see. */
  readonly hidden: readonly string[]
  /** Programs stay visible, wherever they are. */
  readonly searchPath: string
}

/** Every program writes there what others must not see; each job has its own. */
const sharedByAll = ['/tmp', '/var/tmp', '/dev/shm']

/** A run's time in the room of its job. */
export interface Stay {
  readonly room: Room
  /** The last one closes the room. */
  leave(): Promise<void>
}

/** The room of a job, for all of its runs: they have one cluster. */
interface JobRoom {
  readonly room: Promise<Room>
  readonly machine: Promise<MachineFolder>
  runs: number
}

/** Gives each job a room: the processes and files of its runs, and no other job's. */
export class RunRooms {
  readonly found: Promise<RoomsFound>
  readonly #options: RunRoomsOptions
  readonly #jobs = new Map<string, JobRoom>()
  readonly #rooms = new Set<Room>()
  #hall: Promise<Hall> | null = null

  constructor(options: RunRoomsOptions) {
    this.#options = options
    this.found =
      options.isolation === 'none'
        ? Promise.resolve({ kind: 'none', why: 'it is switched off' })
        : findRooms({ covered: [cover(options.root)], kept: [standInFolder(options.root)] })
  }

  /** Null where there are none. Rejects when there have to be. `devices` are folders elsewhere that the job has. */
  async enter(folder: RunFolder, devices: readonly string[]): Promise<Stay | null> {
    const found = await this.found
    if (found.kind === 'none') return this.#none(found)
    const key = dirname(folder.top)
    const job = this.#jobs.get(key) ?? this.#open(folder, devices, found.tools)
    this.#jobs.set(key, job)
    job.runs += 1
    const leave = () => this.#leave(key, job)
    try {
      return { room: await job.room, leave }
    } catch (error) {
      await leave()
      throw error
    }
  }

  /** Where runs see each other's work, below the folder of all storage devices; null where they see everything. */
  async hallFor(devices: string): Promise<Hall | null> {
    const found = await this.found
    if (found.kind === 'rooms') this.#hall ??= openHall(devices, found.tools)
    return this.#hall
  }

  async close(): Promise<void> {
    await this.found
    await Promise.all([...this.#rooms].map((room) => room.close()))
    const hall = await this.#hall?.catch(() => null)
    await hall?.close()
  }

  #none({ why }: RoomsFound & { kind: 'none' }): null {
    if (this.#options.isolation === 'required')
      throw new Error(`it would not be apart from other jobs, which is required: ${why}`)
    return null
  }

  #open(folder: RunFolder, devices: readonly string[], tools: RoomTools): JobRoom {
    const machine = createMachineFolder(this.#options.root, folder)
    const open = async (): Promise<Room> => {
      const plan = await this.#planOf(folder, await machine, devices)
      const room = await openRoom(plan, tools, devices.length > 0 ? await this.#hall : null)
      this.#rooms.add(room)
      void room.gone.then(() => this.#rooms.delete(room))
      return room
    }
    return { room: open(), machine, runs: 0 }
  }

  async #leave(key: string, job: JobRoom): Promise<void> {
    job.runs -= 1
    if (job.runs > 0) return
    if (this.#jobs.get(key) === job) this.#jobs.delete(key)
    const room = await job.room.catch(() => null)
    if (room) emptyRoom(room)
    await removeMachineFolder(this.#options.root, await job.machine)
  }

  async #planOf(folder: RunFolder, machine: MachineFolder, devices: readonly string[]): Promise<RoomPlan> {
    const { root, hidden, searchPath } = this.#options
    const own = await Promise.all(
      foldersAmong([...sharedByAll, tmpdir()]).map(async (path) => ({
        folder: path,
        by: path === '/dev/shm' ? null : await ownInstead(machine, path),
      })),
    )
    return {
      covered: [cover(root), ...foldersAmong(hidden).map(cover), ...own],
      kept: [
        dirname(folder.top),
        standInFolder(root),
        ...devices,
        ...foldersAmong(searchPath.split(delimiter)),
      ],
    }
  }
}

const cover = (folder: string): Cover => ({ folder, by: null })

async function ownInstead({ path: machine }: MachineFolder, path: string): Promise<string> {
  const own = join(machine, path)
  await mkdir(own, { recursive: true, mode: 0o700 })
  return own
}

/** Their real names, each once; what is no folder is left out, and so is the root of all. */
function foldersAmong(paths: readonly string[]): string[] {
  return [...new Set(paths.map(realFolder).filter((path) => path !== null && path !== '/'))] as string[]
}

function realFolder(path: string): string | null {
  try {
    const real = realpathSync(path)
    return lstatSync(real).isDirectory() ? real : null
  } catch {
    return null
  }
}
