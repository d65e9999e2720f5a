import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import description from '../../openapi/generated/mock-control.json' with { type: 'json' }

/** Which page of docs/ tells of the controls of a tag. */
const pages: Readonly<Record<string, string>> = {
  time: 'time',
  faults: 'faults',
  throttling: 'faults',
  endings: 'endings',
  'ssh-keys': 'clusters',
  journal: 'journal',
  worlds: 'worlds',
  fidelity: 'fidelity',
  server: 'controls',
}

const pageOf = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')

const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.values(item).flatMap((operation) =>
    'operationId' in operation
      ? [{ path, operationId: operation.operationId, tag: operation.tags[0] ?? '' }]
      : [],
  ),
)

it('has a page for every group of controls', () => {
  const groups = description.tags.map(({ name }) => name)
  expect(Object.keys(pages).toSorted()).toEqual(groups.toSorted())
  // A page for each section of what was asked for: who may, time, faults, journal, worlds, and what is durable.
  for (const name of ['controls', 'time', 'faults', 'journal', 'worlds', 'durability'])
    expect(pageOf(name)).toMatch(/^# /)
})

it.each(operations)('tells of $operationId, $path, on the page of its group', ({ path, tag }) => {
  // What stands for an id may have another name there.
  const told = path.replace(/\{\w+\}/g, '[^/\\s"`]+')
  expect(pageOf(pages[tag] ?? '')).toMatch(new RegExp(`${told}(?![\\w{])`))
})

it('names every page of controls on the page about them', () => {
  const all = pageOf('controls')
  for (const name of new Set(Object.values(pages)))
    if (name !== 'controls') expect(all).toContain(`(${name}.md`)
})
