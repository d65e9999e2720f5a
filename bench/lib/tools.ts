import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { findProgram, searchPath } from '../../mock-server/find-program.ts'

/** Paths of the programs that a measure may use; null where the machine does not have one. */
export interface Tools {
  readonly wrk: string | null
  readonly curl: string | null
  readonly nginx: string | null
  readonly taskset: string | null
  readonly ssh: string | null
  readonly scp: string | null
  readonly sftp: string | null
  readonly sshKeygen: string | null
  readonly sshd: string | null
  readonly aria2c: string | null
  /** With the package requests. */
  readonly python: string | null
}

export function findTools(): Tools {
  return {
    wrk: findTool('wrk'),
    curl: findTool('curl'),
    nginx: findTool('nginx'),
    taskset: availableParallelism() > 1 ? findTool('taskset') : null,
    ssh: findTool('ssh'),
    scp: findTool('scp'),
    sftp: findTool('sftp'),
    sshKeygen: findTool('ssh-keygen'),
    sshd: findTool('sshd'),
    aria2c: findTool('aria2c'),
    python: findPython(),
  }
}

function findPython(): string | null {
  const python = findTool('python3')
  if (python === null) return null
  return spawnSync(python, ['-c', 'import requests'], { stdio: 'ignore' }).status === 0 ? python : null
}

// Debian keeps nginx and sshd in /usr/sbin, which is not in an ordinary user's PATH.
const findTool = (name: string): string | null => findProgram(name, [...searchPath(), '/usr/sbin'])

/** The command pinned to one core: servers run on core 0 and load generators on core 1, so that neither moves. */
export function pinned(
  tools: Tools,
  core: 0 | 1,
  command: string,
  args: readonly string[],
): [string, string[]] {
  return tools.taskset === null
    ? [command, [...args]]
    : [tools.taskset, ['-c', String(core), command, ...args]]
}
