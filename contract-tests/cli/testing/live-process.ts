import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LiveHere } from '../../harness/second-server/live-here.ts'
import { LIVE_HOST } from '../../harness/second-server/live-server.ts'
import { builtCli, type Ended, ended, ensureBuilt } from '../../programs/built-cli.ts'

/** Where processes of `liveProcess` keep ledger and allowances. */
export const liveState = ({ home }: Pick<LiveHere, 'home'>): string =>
  join(home, 'xdg', 'localscale', 'contract')

/** Commands that should end by themselves are killed when they do not. Milliseconds. */
const PATIENCE = 60_000

/**
 * Runs `localscale contract …` as a process of its own, whose home has the profile of the second server, and which
 * trusts that server's authority; `ca` is of a proxy before it.
 */
export async function liveProcess(
  { home, server }: LiveHere,
  args: readonly string[],
  {
    ca = server.ca,
    env = {},
  }: { readonly ca?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  await ensureBuilt()
  const authority = join(home, 'ca.pem')
  writeFileSync(authority, ca)
  return ended(
    spawn(process.execPath, [builtCli, 'contract', ...args], {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_STATE_HOME: join(home, 'xdg'),
        NODE_EXTRA_CA_CERTS: authority,
        ...env,
      },
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
    }),
  )
}

/** The name leads to this machine, which no resolver knows. */
export const onThisMachine = ['--resolve', `${LIVE_HOST}=127.0.0.1`]
