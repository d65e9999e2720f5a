/** What all names begin with that the harness gives: whoever cleans up by hand can search for it. */
export const NAME_PREFIX = 'localscale-ct'

/** The same label gives the same name; `run` tells one run's names from another's. */
export function uniqueNames(run: string): (label: string) => string {
  const names = new Map<string, string>()
  return (label) => {
    const name = names.get(label) ?? `${NAME_PREFIX} ${run} ${label}`
    names.set(label, name)
    return name
  }
}
