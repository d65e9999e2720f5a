/** The middle value; the mean of the two middle values when their number is even. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Linear interpolation between the closest ranks, as numpy and R (type 7) do it. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}

/** Round by round, so that what disturbs one round disturbs both sides of its ratio. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators.slice(0, denominators.length).map((value, round) => value / (denominators[round] ?? 0))
}

/** A B C in even rounds and C B A in odd ones: a slow drift of the machine then favours nobody. */
export function orderOfRound<T>(candidates: readonly T[], round: number): T[] {
  return round % 2 === 0 ? [...candidates] : [...candidates].reverse()
}

/** Runs every candidate once per round; the results stand in the order of the rounds. */
export async function interleave<Name extends string, Result>(
  candidates: Readonly<Record<Name, () => Promise<Result>>>,
  rounds: number,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(candidates) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of orderOfRound(names, round)) results[name].push(await candidates[name]())
  }
  return results
}
