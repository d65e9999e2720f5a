import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { behind, description } from './testing/description.ts'

interface Evidence {
  readonly grade: string
  readonly source?: string
  readonly date?: string
  readonly note?: string
}

const sourcesText = readFileSync(new URL('SOURCES.md', import.meta.url), 'utf8')

const evidences = [...behind('x-evidence', description)].map(
  ([trail, evidence]) => [placeOf(trail), evidence as Evidence] as const,
)

interface Parameters {
  readonly parameters?: readonly { readonly name: string }[]
}
type PathItem = Parameters & Readonly<Record<string, Parameters & { readonly operationId?: string }>>

/** What SOURCES.md calls a place in the description: `createJob 400`, `listJobs ?f`, `Job.optimizer`. */
function placeOf([top, first = '', second = '', ...rest]: readonly string[]): string {
  if (top !== 'paths') return namesIn([second, ...rest], first === 'schemas' ? '.' : ' ')
  const pathItem = description.paths[first] as unknown as PathItem
  if (second === 'parameters') return `${first} ?${pathItem.parameters?.[Number(rest[0])]?.name}`
  const { operationId = '', parameters } = pathItem[second] ?? {}
  const [kind, name] = rest
  if (kind === undefined) return operationId
  return `${operationId} ${kind === 'parameters' ? `?${parameters?.[Number(name)]?.name}` : name}`
}

function namesIn(trail: readonly string[], joint: string): string {
  return trail.filter((name) => name !== 'properties' && name !== 'headers').join(joint)
}

/** What stands in backticks at the beginning of the bullets under a heading of SOURCES.md. */
function listed(heading: string): string[] {
  const section = sourcesText.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^- `([^`]+)`/gm)].map(([, name = '']) => name).sort()
}

function tagsIn({ source = '' }: Evidence): string[] {
  return source.split(', ').flatMap((part) => /^[A-Z][A-Za-z]*\d*/.exec(part) ?? [])
}

it('is of a known grade, and dated unless it is inferred', () => {
  for (const [place, { grade, date }] of evidences) {
    expect.soft(['observed', 'client-source', 'docs', 'inferred'], place).toContain(grade)
    if (grade !== 'inferred') expect.soft(date, place).toMatch(/^20\d\d(-\d\d)?$/)
  }
  expect(evidences.length).toBeGreaterThan(200)
})

it('comes from the sources that SOURCES.md explains', () => {
  const cited = new Set(evidences.flatMap(([, evidence]) => tagsIn(evidence)))
  expect(listed('Sources')).toEqual([...cited].sort())
})

it('stands in a list of SOURCES.md where all of something is inferred', () => {
  const inferred = evidences.filter(([, { grade }]) => grade === 'inferred')
  expect(listed('Inferred as a whole')).toEqual(inferred.map(([place]) => place).sort())
})

it('stands in a list of SOURCES.md where a part of something is inferred', () => {
  const inPart = evidences.filter(
    ([, { grade, note = '' }]) => grade !== 'inferred' && /\binferred\b/.test(note),
  )
  expect(listed('Inferred in part')).toEqual(inPart.map(([place]) => place).sort())
})
