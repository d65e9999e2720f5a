import { createClient, type RescaleClient } from '../../client.ts'
import { RescaleError } from '../../errors.ts'
import { isLoopback } from '../../origin.ts'
import { type ProxySettings, proxyFor } from '../../requests/proxy.ts'
import { exitOf } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { examineApi } from './api.ts'
import { examineDisk } from './disk.ts'
import { type Finding, failed, note, ok, skipped } from './finding.ts'
import { examineNetwork } from './network.ts'

/** One look after the other, from this machine to the platform. What cannot be seen after a failure is left out. */
export async function* examine(session: Session): AsyncGenerator<Finding> {
  yield* examineDisk(process.cwd())
  let client: RescaleClient
  let proxy: ProxySettings | undefined
  try {
    client = createClient({ ...session.clientOptions(), retries: { attempts: 1 } })
    proxy = proxyFor(client.settings.baseUrl, session.io.env)
  } catch (error) {
    const remedy = (error instanceof RescaleError && error.hint) || 'rescale profile init writes a profile.'
    yield failed('settings', error instanceof Error ? error.message : String(error), remedy, exitOf(error))
    return
  }
  await using open = client
  yield* examineSettings(open)
  const { baseUrl } = open.settings
  yield ok('proxy', proxy?.shown ?? noProxy(baseUrl))
  if (session.io.fetch) yield skipped('network', 'requests do not leave this process')
  else {
    let isReachable = true
    for await (const finding of examineNetwork(new URL(proxy?.url ?? baseUrl), session.signal)) {
      yield finding
      if (finding.status === 'fail') isReachable = false
    }
    if (!isReachable) return
  }
  yield* examineApi(open, session)
}

function* examineSettings({ settings }: RescaleClient): Generator<Finding> {
  const { baseUrl, baseUrlSource, apiKey, apiKeySource, configFile, profile, warnings } = settings
  yield ok('url', `${baseUrl} (from ${nameOf(baseUrlSource)})`)
  yield ok('key', `${apiKey} (from ${nameOf(apiKeySource)})`)
  yield configFile
    ? ok('profile', `[${profile ?? 'none'}] of ${configFile}`)
    : skipped('profile', 'no apiconfig was needed')
  for (const warning of warnings) yield note('settings', warning, 'Harmless if you mean it.')
}

function nameOf(source: string): string {
  return source === 'options' ? 'the command line' : source
}

function noProxy(baseUrl: string): string {
  return isLoopback(baseUrl) ? 'none: this machine is never reached through one' : 'none in the environment'
}
