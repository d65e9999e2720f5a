import { lstatSync, realpathSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findRooms, type RoomsFound } from '../../rooms/find-rooms.ts'
import { type Hall, openHall } from '../../rooms/hall.ts'
import { openRoom, type Room } from '../../rooms/room.ts'
import type { Cover } from '../../rooms/room-plan.ts'
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

/** Every program writes there what others must not see; each run has its own. */
const sharedByAll = ['/tmp', '/var/tmp', '/dev/shm']

/** Gives each run a room: its own processes and files, and no other run's. */
export class RunRooms {
  readonly found: Promise<RoomsFound>
  readonly #options: RunRoomsOptions
  readonly #rooms = new Set<Room>()
  #hall: Promise<Hall> | null = null

  constructor(options: RunRoomsOptions) {
    this.#options = options
    this.found =
      options.isolation === 'none'
        ? Promise.resolve({ kind: 'none', why: 'it is switched off' })
        : findRooms({ covered: [cover(options.root)], kept: [standInFolder(options.root)] })
  }

  /** Null where there are none. Rejects when there have to be. */
  async open(folder: RunFolder, devices: readonly string[]): Promise<Room | null> {
    const found = await this.found
    if (found.kind === 'none') return this.#none(found)
    const hall = devices.length > 0 ? await this.#hall : null
    const room = await openRoom(await this.#planOf(folder, devices), found.tools, hall)
    this.#rooms.add(room)
    void room.gone.then(() => this.#rooms.delete(room))
    return room
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
      throw new Error(`it would not be apart from other runs, which is required: ${why}`)
    return null
  }

  async #planOf(folder: RunFolder, devices: readonly string[]) {
    const { root, hidden, searchPath } = this.#options
    const programs = foldersAmong(searchPath.split(delimiter))
    const own = await Promise.all(
      foldersAmong([...sharedByAll, tmpdir()]).map(async (path) => ({
        folder: path,
        by: path === '/dev/shm' ? null : await ownInstead(folder, path),
      })),
    )
    return {
      covered: [cover(root), ...foldersAmong(hidden).map(cover), ...own],
      kept: [folder.top, standInFolder(root), ...devices, ...programs],
    }
  }
}

const cover = (folder: string): Cover => ({ folder, by: null })

async function ownInstead({ top }: RunFolder, path: string): Promise<string> {
  const own = join(top, 'machine', path)
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
