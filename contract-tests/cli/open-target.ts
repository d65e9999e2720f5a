import type { Target } from '../harness/target.ts'
import { CommandError, type Io } from './io.ts'
import type { RunFlags } from './run-command.ts'

/** The platform that the flags name. Throws CommandError or CannotRunError where there is none to be had. */
export async function openTarget(flags: RunFlags, io: Io): Promise<Target> {
  switch (flags.target) {
    case 'mock': {
      const { mockTarget } = await import('../harness/targets/mock-target.ts')
      return mockTarget()
    }
    case 'mock-http': {
      const { mockHttpTarget } = await import('../harness/targets/mock-http-target.ts')
      return mockHttpTarget({ url: httpUrl(flags.url) })
    }
    case 'live': {
      const { openLive } = await import('./open-live.ts')
      return openLive(flags, io)
    }
    case 'replay': {
      const { openReplay } = await import('./open-replay.ts')
      return openReplay(flags, io)
    }
  }
}

function httpUrl(text: string | undefined): string | undefined {
  if (text === undefined || (/^https?:/i.test(text) && URL.canParse(text))) return text
  throw new CommandError(`--url ${text} is no address that begins with http:// or https://.`)
}
