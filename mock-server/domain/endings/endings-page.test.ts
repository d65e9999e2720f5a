import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Ending, EndingEvidence, Shown } from './ending.ts'
import { endings } from './known-endings.ts'

const page = readFileSync(new URL('../../../docs/endings.md', import.meta.url), 'utf8')
const sources = readFileSync(new URL('../../../openapi/SOURCES.md', import.meta.url), 'utf8')

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const knownFrom = ({ grade, source, date, inferred }: EndingEvidence): string =>
  grade === 'inferred' ? `inferred: ${inferred}` : `${grade} (${source}, ${date}); inferred: ${inferred}`

const jobRows = (job: Shown['job']): string =>
  job?.map(([status, reason]) => (reason ? `${status} “${reason}”` : status)).join(', ') ?? 'not found (404)'

const code = (text: string): string => `\`${text}\``

const whatHappens = tableOf(
  ['ending', 'what happens', 'how it is known'],
  endings.map(({ name, description, evidence }) => [code(name), description, knownFrom(evidence)]),
)

const whatShows = tableOf(
  ['ending', 'job, newest first', 'cluster, newest first', 'log ends with', 'output files'],
  endings.map(({ name, shows }: Ending) => [
    code(name),
    jobRows(shows.job),
    shows.cluster?.join(', ') ?? 'not found (404)',
    shows.log?.map(code).join(', ') ?? 'no log',
    shows.files,
  ]),
)

it.each([
  ['what happens', whatHappens],
  ['what shows', whatShows],
])('has a page in the docs that says of each %s', (_, table) => {
  expect(page).toContain(`\n${table}\n`)
})

it('names the sources that SOURCES.md explains', () => {
  for (const { name, evidence } of endings) {
    const tags = evidence.source?.split(', ').flatMap((part) => /^[A-Z][A-Za-z]*\d*/.exec(part) ?? []) ?? []
    for (const tag of tags) expect(sources, name).toContain(`- \`${tag}\` `)
    expect(evidence.grade === 'inferred', name).toBe(tags.length === 0)
    expect(evidence.date === undefined, name).toBe(tags.length === 0)
  }
})

it('has names that stand in a name of a job, and sentences that say what happens', () => {
  for (const { name, description } of endings) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(description, name).toMatch(/^[A-Z].*\.$/)
  }
  expect(new Set(endings.map(({ name }) => name)).size).toBe(endings.length)
})
