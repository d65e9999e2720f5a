/** What Node's fetch throws when there is no answer. */
export const fetchFailed = (reason: string | Error): TypeError =>
  new TypeError('fetch failed', { cause: typeof reason === 'string' ? new Error(reason) : reason })

/** What Node's fetch throws when a body ends before its time. */
export const terminated = (): TypeError => new TypeError('terminated', { cause: connectionReset() })

/** As the system names it. */
export const connectionReset = (): Error =>
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' })
