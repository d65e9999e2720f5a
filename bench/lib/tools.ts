import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'

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
    wrk: findProgram('wrk'),
    curl: findProgram('curl'),
    nginx: findProgram('nginx'),
    taskset: availableParallelism() > 1 ? findProgram('taskset') : null,
    ssh: findProgram('ssh'),
    scp: findProgram('scp'),
    sftp: findProgram('sftp'),
    sshKeygen: findProgram('ssh-keygen'),
    sshd: findProgram('sshd'),
    aria2c: findProgram('aria2c'),
    python: findPython(),
  }
}

function findPython(): string | null {
  const python = findProgram('python3')
  if (python === null) return null
  return spawnSync(python, ['-c', 'import requests'], { stdio: 'ignore' }).status === 0 ? python : null
}

function findProgram(name: string): string | null {
  // Debian keeps nginx and sshd in /usr/sbin, which is not in an ordinary user's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

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
