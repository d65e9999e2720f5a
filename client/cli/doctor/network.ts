import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Finding, failed, messageOf, note, ok, skipped } from './finding.ts'

const PATIENCE_MS = 10_000
const EXPIRES_SOON_DAYS = 14
const DAY_MS = 86_400_000

/** From the name to a trusted connection, each step by itself, so that it is plain which of them does not work. */
export async function* examineNetwork(url: URL, signal: AbortSignal): AsyncGenerator<Finding> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  const steps = [
    () => resolveName(host),
    () => connectTo(host, port, limit),
    () => secure(url, host, port, limit),
  ]
  for (const step of steps) {
    const finding = await step()
    yield finding
    if (finding.status === 'fail') return
  }
}

async function resolveName(host: string): Promise<Finding> {
  if (isIP(host)) return skipped('dns', `${host} is an address`)
  try {
    const addresses = await lookup(host, { all: true })
    return ok('dns', `${host} is ${addresses.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    const remedy =
      'Is the URL spelled right? Does this machine have a name server, or need a proxy (https_proxy)?'
    return failed('dns', messageOf(error), remedy, 'network')
  }
}

async function connectTo(host: string, port: number, signal: AbortSignal): Promise<Finding> {
  const socket = connectTcp({ host, port })
  const began = performance.now()
  try {
    await once(socket, 'connect', { signal })
    return ok('connect', `port ${port} answers after ${(performance.now() - began).toFixed(0)} ms`)
  } catch (error) {
    const remedy = 'Nothing listens there, or a firewall is in between: start the mock, or ask for a proxy.'
    return failed('connect', `${host}:${port}: ${messageOf(error)}`, remedy, 'network')
  } finally {
    socket.destroy()
  }
}

async function secure(url: URL, host: string, port: number, signal: AbortSignal): Promise<Finding> {
  if (url.protocol !== 'https:') return skipped('tls', `${url.protocol}//: not encrypted`)
  const socket = connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
  try {
    await once(socket, 'secureConnect', { signal })
    const { issuer, valid_to } = socket.getPeerCertificate()
    const until = new Date(valid_to)
    const detail = `${socket.getProtocol()}, by ${issuer?.O ?? issuer?.CN ?? 'itself'}, until ${until.toISOString().slice(0, 10)}`
    const days = (until.getTime() - Date.now()) / DAY_MS
    return days > EXPIRES_SOON_DAYS ? ok('tls', detail) : note('tls', detail, 'The certificate ends soon.')
  } catch (error) {
    const remedy = 'If your network has an authority of its own, name it with NODE_EXTRA_CA_CERTS=file.pem.'
    return failed('tls', messageOf(error), remedy, 'network')
  } finally {
    socket.destroy()
  }
}
