import ignoring from 'ignore'

export interface Selection {
  /** Only what matches one of these: patterns as in a .gitignore, such as `*.res` or `post/**`. */
  match?: string | readonly string[]
  /** Nothing that matches one of these, matched or not. */
  exclude?: string | readonly string[]
}

/** Whether a path (with slashes, below a folder) is selected. */
export function selector({ match, exclude }: Selection): (path: string) => boolean {
  const wanted = match === undefined ? undefined : ignoring().add(match)
  const unwanted = exclude === undefined ? undefined : ignoring().add(exclude)
  return (path) => {
    // The package refuses paths that a server should not send anyway; where they may go is decided elsewhere.
    if (!ignoring.isPathValid(path)) return wanted === undefined
    return (wanted?.ignores(path) ?? true) && !(unwanted?.ignores(path) ?? false)
  }
}
