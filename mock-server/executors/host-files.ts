import type { RunHost, RunOrder } from '../domain/executor.ts'

/**
 * Files in the home that tell MPI programs where to run. The names are known (KT19), what is in them is inferred from
 * the programs that read such files: Intel MPI (`machinefile`), Open MPI, MPICH's mpd, and rsh.
 */
export function hostFiles({
  hosts,
  username,
}: Pick<RunOrder, 'hosts' | 'username'>): ReadonlyMap<string, string> {
  const lines = (text: (host: RunHost) => string): string => hosts.map((host) => `${text(host)}\n`).join('')
  return new Map([
    ['hosts', lines(({ name }) => name)],
    ['machinefile', lines(({ name, cores }) => `${name}:${cores}`)],
    ['machinefile.gpu', lines(({ name, gpus }) => `${name}:${gpus}`)],
    ['machinefile.openmpi', lines(({ name, cores }) => `${name} slots=${cores}`)],
    ['mpd.hosts', lines(({ name, cores }) => `${name}:${cores}`)],
    ['mpd.hosts.string', `${hosts.map(({ name, cores }) => `${name}:${cores}`).join(',')}\n`],
    ['rhosts', lines(({ name }) => `${name} ${username}`)],
  ])
}
