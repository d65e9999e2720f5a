import type { WireRequest } from '../transport.ts'

export type Asked = Pick<WireRequest, 'method' | 'url'>

/** How many requests there are, the same one several times running counted once: how often it polls, the platform's seed decides. */
export const stepsIn = (requests: readonly Asked[]): number =>
  requests.filter(({ method, url }, index) => {
    const before = requests[index - 1]
    return before?.method !== method || before.url !== url
  }).length

/**
 * Of how many resources there is a request. How often is polled, the seed decides; how many pages a list has, what
 * others have left on the account, where storage stays.
 */
export const resourcesIn = (requests: readonly Asked[]): number =>
  new Set(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).size
