/** From the most to the least certain: what a recording of the live service shows comes before all others. */
export const fidelityGrades = ['live', 'observed', 'client-source', 'docs', 'inferred'] as const
export type FidelityGrade = (typeof fidelityGrades)[number]

/** What something is known from. */
export interface Known {
  readonly grade: FidelityGrade
  /** Tags that openapi/SOURCES.md explains. */
  readonly source?: string
  /** Of the newest source: `2023-09` or `2023`; of a live recording, its day. */
  readonly date?: string
}

/** Something that a recording of the live service has shown. */
export interface Sighting {
  readonly operationId: string
  /** `200`, or `request`; absent for the operation itself. */
  readonly status?: string
  /** With `*` for each item; absent for the answer itself. */
  readonly pointer?: string
  /** The day of the newest recording, e.g. `2026-11-28`. */
  readonly date: string
}

const isGrade = (text: unknown): text is FidelityGrade => fidelityGrades.some((grade) => grade === text)

/** What `x-evidence` says, or else what is known of the surroundings. */
export function knownFrom(evidence: unknown, surroundings: Known): Known {
  if (typeof evidence !== 'object' || evidence === null || !('grade' in evidence)) return surroundings
  const { grade, source, date } = evidence as Record<string, unknown>
  if (!isGrade(grade)) return surroundings
  return {
    grade,
    ...(typeof source === 'string' && { source }),
    ...(typeof date === 'string' && { date }),
  }
}

export const strengthOf = ({ grade }: Known): number => fidelityGrades.length - fidelityGrades.indexOf(grade)

export const stronger = (one: Known, other: Known): Known =>
  strengthOf(one) >= strengthOf(other) ? one : other
