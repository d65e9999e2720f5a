/** Matches `*` and `?`; other characters stand for themselves. In steps, not as a regular expression: commands come from outside. */
export function matchesGlob(pattern: string, name: string): boolean {
  let star = -1
  let starName = 0
  let at = 0
  for (let atName = 0; atName < name.length; ) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at++
      starName = atName
    } else if (wanted === '?' || (wanted !== undefined && wanted === name[atName])) {
      at += 1
      atName += 1
    } else if (star !== -1) {
      at = star + 1
      atName = ++starName
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

export const isGlob = (text: string): boolean => /[*?]/.test(text)
