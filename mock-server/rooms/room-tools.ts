import type { ProgramStart } from '../domain/executor.ts'
import { findProgram } from '../find-program.ts'

/** How rooms are made on this machine, with programs of util-linux. */
export interface RoomTools {
  /** Starts the bash that is a room's first process, and ends with it. A room may grow from a hall, named by its number. */
  opener(hall: number | null): readonly string[]
  /** Starts the bash that holds a hall. */
  readonly hall: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The opener holds the room's namespaces, also while its first process has another number there. */
  through(opener: number, start: ProgramStart): ProgramStart
}

/** `root` needs the rights of root; `user` makes do with a user namespace, in which one has one's own name and no rights. */
export type RoomWay = 'root' | 'user'

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

const ownProcesses = ['--pid', '--fork', '--kill-child', '--mount-proc']

/** Throws when a program is missing. */
export function roomTools(way: RoomWay): RoomTools {
  const [unshare, nsenter, setsid, bash] = ['unshare', 'nsenter', 'setsid', 'bash'].map(find) as Paths
  const user = way === 'user'
  const unshareUser = user ? ['--user', '--map-current-user', '--keep-caps'] : []
  const mountsOf = (pid: number) => [
    ...(user ? [`--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : []),
    `--mount=/proc/${pid}/ns/mnt`,
  ]
  return {
    opener: (of) => {
      const ownFiles = ['--mount', '--propagation', of === null ? 'private' : 'unchanged']
      const open = [unshare, ...unshareUser, ...ownFiles, ...ownProcesses, bash]
      return of === null ? open : [nsenter, ...mountsOf(of), '--', ...open]
    },
    hall: [unshare, ...unshareUser, '--mount', '--propagation', 'private', bash],
    environment: { PATH: folders.join(':'), LC_ALL: 'C' },
    through(opener, { file, args, folder }) {
      const enter = [...mountsOf(opener), `--pid=/proc/${opener}/ns/pid_for_children`, `--wdns=${folder}`]
      // Of its own group and session in the room, too, or programs that ask for theirs would be told 0.
      return { file: nsenter, args: [...enter, '--', setsid, file, ...args], folder: '/' }
    },
  }
}

type Paths = [string, string, string, string]

function find(name: string): string {
  const found = findProgram(name, folders)
  if (found === null) throw new Error(`there is no ${name}`)
  return found
}
