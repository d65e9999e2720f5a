import { type ClientOptions, createClient } from '../client.ts'
import { aClock } from './clock.ts'
import { A_KEY } from './server.ts'

/** A client of a test's server, untouched by this machine's environment and files, that never really sleeps. */
export function aClient(baseUrl: string, options: ClientOptions = {}) {
  return createClient({ baseUrl, apiKey: A_KEY, env: {}, clock: aClock(), ...options })
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('It was expected to fail with an error')
}
