import { type Html, html, type Part } from './html.ts'
import { inlineProse } from './prose.ts'

/** How it is known what the description says: from the most to the least certain. */
export const grades = {
  observed: 'seen in a real answer, or in a recording of one',
  'client-source': 'read from the source of a client that works with the real service',
  docs: 'said in official or tutorial prose',
  inferred: 'follows from how clients behave, or from what Django REST framework does by default',
} as const

interface Evidence {
  grade?: string
  source?: string
  date?: string
  note?: string
}

const isGrade = (text: string | undefined): text is keyof typeof grades =>
  text !== undefined && text in grades

export const gradeOf = (evidence: unknown): string | undefined => (evidence as Evidence | undefined)?.grade

export function gradeBadge(grade: string): Html {
  return html`<span class="grade ${grade}"${isGrade(grade) && html` title="${grades[grade]}"`}>${grade}</span>`
}

/** The badge with source and date, on one line. */
export function evidenceLine(given: unknown): Part {
  const { grade, source, date } = (given ?? {}) as Evidence
  if (grade === undefined) return null
  const origin = [source, date].filter((text) => text !== undefined).join(' · ')
  return html`<span class="evidence">${gradeBadge(grade)} ${origin}</span>`
}

export function evidenceNote(given: unknown): Part {
  const { note } = (given ?? {}) as Evidence
  return note !== undefined && html`<p class="note">${inlineProse(note)}</p>`
}

export function evidenceView(given: unknown): Part {
  return [evidenceLine(given), evidenceNote(given)]
}
