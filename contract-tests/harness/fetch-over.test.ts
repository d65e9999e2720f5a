import { expect, it } from 'vitest'
import { fetchOver } from './fetch-over.ts'
import type { Transport, WireRequest } from './transport.ts'

const URL_OF_ALL = 'https://rescale.test/api/v2/'

/** Never answers, and hears nothing of signals. */
const deaf: Transport = () => new Promise(() => {})

/** Answers with a head, and a first piece of a body that never ends. */
const halfway: Transport = async () => ({
  status: 200,
  headers: [],
  body: (async function* () {
    yield new Uint8Array([1])
    await new Promise(() => {})
  })(),
})

const gone = new Error('gone')

it('ends when its caller gives up, whatever the transport does, with a signal of either kind', async () => {
  for (const asRequest of [true, false]) {
    const caller = new AbortController()
    const { signal } = caller
    const sent = asRequest
      ? fetchOver(deaf)(new Request(URL_OF_ALL, { signal }))
      : fetchOver(deaf)(URL_OF_ALL, { signal })
    caller.abort(gone)
    await expect(sent).rejects.toBe(gone)
  }
})

it('does not begin when its caller has given up already', async () => {
  const never: Transport = () => expect.unreachable()
  await expect(fetchOver(never)(URL_OF_ALL, { signal: AbortSignal.abort(gone) })).rejects.toBe(gone)
})

it('ends in the middle of a body, too', async () => {
  const caller = new AbortController()
  const answer = await fetchOver(halfway)(URL_OF_ALL, { signal: caller.signal })
  const reader = answer.body?.getReader()
  expect(await reader?.read()).toMatchObject({ value: new Uint8Array([1]) })
  const rest = reader?.read()
  caller.abort(gone)
  await expect(rest).rejects.toBe(gone)
})

it('gives the transport the signal of the caller, not one that hangs on a request by a thread', async () => {
  const { signal } = new AbortController()
  let seen: WireRequest | undefined
  await fetchOver(async (request) => {
    seen = request
    return { status: 204, headers: [], body: (async function* () {})() }
  })(URL_OF_ALL, { signal })
  expect(seen?.signal).toBe(signal)
})

it('lets go of the signal when all is over', async () => {
  const { signal } = new AbortController()
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  const counted = Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => {
      listeners += 1
      add(...args)
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...args)
    },
  })
  const input = new Request(URL_OF_ALL)
  Object.defineProperty(input, 'signal', { value: counted })
  const answer = await fetchOver(async () => ({
    status: 200,
    headers: [],
    body: (async function* () {
      yield new Uint8Array([7])
    })(),
  }))(input)
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([7])
  expect(listeners).toBe(0)
})
