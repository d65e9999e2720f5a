/**
 * What an address is about: the path up to its first name, or all of it where it names nothing. Templates as recorded:
 * `{base}/api/v2/jobs/{job#1}/submit/` is about `{base}/api/v2/jobs/{job#1}`.
 */
export function resourceOf(url: string): string {
  const [path = ''] = url.split('?', 1)
  const segments = path.split('/')
  const named = segments.findIndex((segment, index) => index > 0 && segment.includes('{'))
  return (named < 0 ? segments : segments.slice(0, named + 1)).join('/').replace(/\/$/, '')
}

/** Whether it is about many things rather than one. */
export const isCollection = (resource: string): boolean => resource.lastIndexOf('{') <= 0

/** Whether a change of one may be seen in the other: in the thing itself, and in the list that holds it. */
export const showsIn = (changed: string, asked: string): boolean =>
  changed === asked || changed.startsWith(`${asked}/`)
