/**
 * Paths as clients send them. File names are bytes: such a "byte string" has one character (latin1) for each byte,
 * so that names that are no UTF-8 survive.
 */

export const bytesOf = (byteString: string): Buffer => Buffer.from(byteString, 'latin1')

export const byteStringOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

export const textOf = (byteString: string): string => bytesOf(byteString).toString('utf8')

/** Linux: PATH_MAX, with the closing NUL. */
export const MAX_PATH_BYTES = 4095

/** Each step, those of links included, keeps a file open while the path is walked, and other work waiting. */
export const MAX_PATH_STEPS = 512

export const namesOf = (path: string): string[] =>
  path.split('/').filter((name) => name !== '' && name !== '.')

/**
 * The steps that lead from the home to `path`; `..` is still among them.
 *
 * An absolute path is taken inside the home. The home's own name may stand before it, as the cluster presents it
 * (`/enc/uprod_x/work` is `work`) or as commands on this machine see it (`$HOME/work`, what `pwd` prints);
 * without one of these, the home is the root (`/work` is `work`).
 */
export const stepsOf = (path: string, homes: readonly string[]): string[] => {
  const names = namesOf(path)
  if (!path.startsWith('/')) return names
  const home = homes.map(namesOf).find((prefix) => startsWith(names, prefix))
  return names.slice(home?.length ?? 0)
}

/** Whether an absolute path names something below one of the homes, or one of them. */
export const isBelow = (path: string, homes: readonly string[]): boolean => {
  const names = namesOf(path)
  return homes.some((home) => startsWith(names, namesOf(home)))
}

/** What is left when `..` is taken back step by step; null when it leads above the start. */
export const collapse = (steps: readonly string[]): string[] | null => {
  const names: string[] = []
  for (const step of steps) {
    if (step !== '..') names.push(step)
    else if (names.pop() === undefined) return null
  }
  return names
}

const startsWith = (names: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length > 0 && prefix.every((name, index) => names[index] === name)
