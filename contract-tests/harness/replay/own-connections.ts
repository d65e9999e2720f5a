import { channel } from 'node:diagnostics_channel'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

/** Where a connection is to go. */
export interface Destination {
  readonly host: string
  readonly port: number
  readonly secure: boolean
}

export interface OwnConnectionsOptions {
  /** `through`: as it is; a port of 127.0.0.1: there instead; an error: nowhere. */
  readonly decide: (destination: Destination) => 'through' | number | Error
  /** What becomes of a request that is to go over a connection which was open before, and should have led here. */
  readonly openBefore: (destination: Destination) => Error
}

type Args = readonly unknown[]
type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket
type Secure = (...args: unknown[]) => net.Socket

/**
 * Decides over every TCP connection that this process opens, whatever opens it: an undici Agent of one's own, HTTP/2, a
 * database driver. Processes and worker threads that it starts are others. Ends with what it gives back.
 */
export function watchConnections({ decide, openBefore }: OwnConnectionsOptions): () => void {
  let watching = true
  const opened = new WeakSet<net.Socket>()
  const connect = net.Socket.prototype.connect as unknown as Connect
  const secure = tls.connect as unknown as Secure

  function watchedConnect(this: net.Socket, ...args: unknown[]): net.Socket {
    opened.add(this)
    const target = watching ? destinationOf(args, false) : null
    // A socket of TLS comes by here too, when whoever opened it knew of `tls.connect` before it was watched.
    const verdict = target === null ? 'through' : decide({ ...target, secure: this instanceof tls.TLSSocket })
    if (verdict === 'through') return Reflect.apply(connect, this, args)
    if (verdict instanceof Error) return refused(this, verdict)
    if (this instanceof tls.TLSSocket) return refused(this, new Error('it began before it was watched'))
    return Reflect.apply(connect, this, [{ host: '127.0.0.1', port: verdict }, callbackOf(args)])
  }

  function watchedSecure(...args: unknown[]): net.Socket {
    const target = watching && !isOverSocket(args) ? destinationOf(args, true) : null
    const verdict = target === null ? 'through' : decide(target)
    return typeof verdict === 'number' ? asIfSecure(verdict, callbackOf(args)) : secure(...args)
  }

  net.Socket.prototype.connect = watchedConnect as unknown as typeof net.Socket.prototype.connect
  tls.connect = watchedSecure as unknown as typeof tls.connect
  syncBuiltinESMExports()
  const unwatchRequests = watchRequests((socket, destination) => {
    if (opened.has(socket)) return null
    const verdict = decide(destination)
    return typeof verdict === 'number' ? openBefore(destination) : verdict === 'through' ? null : verdict
  })
  return () => {
    watching = false
    unwatchRequests()
    // Whoever came later still asks this one, which lets everything through.
    if ((net.Socket.prototype.connect as unknown) === watchedConnect)
      net.Socket.prototype.connect = connect as unknown as typeof net.Socket.prototype.connect
    if ((tls.connect as unknown) === watchedSecure) tls.connect = secure as unknown as typeof tls.connect
    syncBuiltinESMExports()
  }
}

/** What undici, that of npm and Node's own, publishes before it writes a request into a connection. */
const SENDING = channel('undici:client:sendHeaders')

/** Looks at each request of undici, and at the connection it is about to go over; an error keeps it back. */
function watchRequests(
  verdictOf: (socket: net.Socket, destination: Destination) => Error | null,
): () => void {
  const look = (message: unknown): void => {
    const { socket, request } = message as { socket: net.Socket; request: { origin: string | URL } }
    const { protocol, hostname, port } = new URL(request.origin)
    const secure = protocol === 'https:'
    const destination = { host: hostname, port: Number(port || (secure ? 443 : 80)), secure }
    const error = verdictOf(socket, destination)
    if (error) socket.destroy(error)
  }
  SENDING.subscribe(look)
  return () => void SENDING.unsubscribe(look)
}

/** A plain connection that says of itself what clients ask of one over TLS. */
function asIfSecure(port: number, callback: (() => void) | undefined): net.Socket {
  const socket = net.connect({ host: '127.0.0.1', port })
  Object.assign(socket, {
    encrypted: true,
    authorized: true,
    authorizationError: null,
    alpnProtocol: false,
    getPeerCertificate: () => ({}),
    getSession: () => undefined,
    isSessionReused: () => false,
  })
  if (callback) socket.once('secureConnect', callback)
  return socket.once('connect', () => socket.emit('secureConnect'))
}

function refused(socket: net.Socket, error: Error): net.Socket {
  process.nextTick(() => socket.destroy(error))
  return socket
}

/** Arguments of `connect` in all their forms: `(options)`, `(port, host)`, `(path)`, and `([options])` within Node. */
function optionsOf(args: Args): Record<string, unknown> {
  const [first, second] = args
  if (Array.isArray(first)) return optionsOf(first)
  if (typeof first === 'object' && first !== null) return { ...first }
  const rest = args.find((arg) => typeof arg === 'object' && arg !== null) ?? {}
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first, ...rest }
  return { port: first, ...(typeof second === 'string' && { host: second }), ...rest }
}

/** Null for sockets in the file system. */
function destinationOf(args: Args, secure: boolean): Destination | null {
  const { path, port, host } = optionsOf(args)
  if (typeof path === 'string') return null
  return { host: typeof host === 'string' ? host : 'localhost', port: Number(port), secure }
}

const isOverSocket = (args: Args): boolean => typeof optionsOf(args).socket === 'object'

function callbackOf(args: Args): (() => void) | undefined {
  const given = args.flat().find((arg) => typeof arg === 'function')
  return given as (() => void) | undefined
}
