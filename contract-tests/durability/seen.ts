import type { Rescale } from '../../mock-server/index.ts'

/** What clients see of a world: by path, and each entry of a list by `path#id`. */
export type Seen = ReadonlyMap<string, string>

export interface Loss {
  readonly what: string
  readonly why: string
}

export const ask = (
  rescale: Rescale,
  method: string,
  path: string,
  body?: unknown,
  apiKey: string = rescale.apiKey,
): Promise<Response> =>
  rescale.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

type Entry = { readonly id?: string; readonly name: string }

/** All that clients with a key can see. Nothing of it may be an error of the mock. */
export async function everything(rescale: Rescale, apiKey: string = rescale.apiKey): Promise<Seen> {
  const seen = new Map<string, string>()
  const read = async (path: string): Promise<string> => {
    const answer = await ask(rescale, 'GET', path, undefined, apiKey)
    const text = await answer.text()
    // Only a job that was submitted has a cluster.
    const isExpected = answer.status === 200 || (answer.status === 404 && path.endsWith('cluster_statuses/'))
    if (!isExpected) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return text
  }
  const list = async (path: string): Promise<string[]> => {
    const page = JSON.parse(await read(path)) as Entry[] | { results: Entry[] }
    return (Array.isArray(page) ? page : page.results).map((entry) => {
      const id = entry.id ?? entry.name
      seen.set(`${path}#${id}`, JSON.stringify(entry))
      return id
    })
  }
  for (const path of ['/_mock/world/snapshots/', '/_mock/faults/', '/api/v2/users/me/projects/'])
    await list(path)
  for (const id of await list('/api/v2/jobs/?page_size=100'))
    for (const part of ['', 'statuses/', 'cluster_statuses/', 'runs/', 'files/'])
      seen.set(`/api/v2/jobs/${id}/${part}`, await read(`/api/v2/jobs/${id}/${part}`))
  for (const id of await list('/api/v2/files/?page_size=200'))
    seen.set(`/api/v2/files/${id}/contents/`, await read(`/api/v2/files/${id}/contents/`))
  return seen
}

/** What is other than it was, though no loss names it and nothing that it shows. */
export function unnamed(before: Seen, after: Seen, losses: readonly Loss[]): string[] {
  const isNamed = (id: string): boolean => losses.some(({ what }) => what.split(/[^\w]+/).includes(id))
  const ids = [...before.keys()].flatMap((key) => key.split('#').slice(1))
  const lost = ids.filter(isNamed)
  const showing = [...before].filter(([key, text]) => lost.some((id) => `${key} ${text}`.includes(id)))
  const touched = [...lost, ...showing.flatMap(([key]) => /\/jobs\/(\w+)\//.exec(key)?.slice(1) ?? [])]
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key) && !touched.some((id) => key.includes(id)),
  )
}
