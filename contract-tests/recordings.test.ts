import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { loadDescribedBodies } from './harness/naming/described-bodies.ts'
import type { Cassette } from './harness/recording/cassette.ts'
import { readCassettes } from './harness/recording/cassette-file.ts'
import { placeNotRedacted } from './harness/redaction/redacted-again.ts'
import { SECOND_SERVER_NOTE } from './harness/second-server/live-here.ts'
import { toldOtherwise } from './recorded-alike.ts'

const cassettes = await readCassettes(fileURLToPath(new URL('recordings', import.meta.url)))

it('the recordings in the repository say that they are of the second server, told twice', () => {
  expect(cassettes.size).toBeGreaterThan(35)
  for (const [id, { recorded }] of cassettes)
    expect(recorded, id).toMatchObject({
      from: 'second-server',
      note: SECOND_SERVER_NOTE,
      runs: 2,
    })
})

it('what the recordings hold is what is kept of it when it is seen again, by the rules that it was saved by', async () => {
  const bodies = await loadDescribedBodies()
  const placeIn = (cassette: Cassette) =>
    placeNotRedacted({ ...cassette, recorded: { ...cassette.recorded, description: bodies.hash } }, bodies)
  for (const [id, cassette] of cassettes) expect([id, placeIn(cassette)]).toEqual([id, undefined])
  const job = cassetteOf('jobs/change')
  const at = job.exchanges.findIndex(({ operationId }) => operationId === 'getJob')
  const written = (change: (text: string) => string) => placeIn(spoilt(job, at, change))
  expect(written((text) => text)).toBeUndefined()
  // What somebody else wrote, where no text is on the list of those that are kept.
  expect(
    written((text) => text.replace('"resourceFilters":[]', '"resourceFilters":["Confidential Zebra"]')),
  ).toBe(`exchange ${at + 1} at response body /resourceFilters/0`)
})

function cassetteOf(id: string): Cassette {
  const cassette = cassettes.get(id)
  if (!cassette) throw new Error(`there is no recording of ${id}`)
  return cassette
}

/** The recording with its n-th exchange otherwise. */
const spoilt = (cassette: Cassette, at: number, change: (text: string) => string): Cassette => ({
  ...cassette,
  exchanges: cassette.exchanges.map((exchange, index) =>
    index === at ? JSON.parse(change(JSON.stringify(exchange))) : exchange,
  ),
})

it('a recording that says another value, status, field or order is told apart from one that says the same', () => {
  const lines = cassetteOf('files/change-and-delete')
  const at = lines.exchanges.findIndex(({ operationId }) => operationId === 'updateFile')
  const otherwise = (change: (text: string) => string) => toldOtherwise(lines, spoilt(lines, at, change))
  expect(toldOtherwise(lines, lines)).toEqual([])
  expect(otherwise((text) => text.replace('"isDeleted":false', '"isDeleted":true'))).toEqual([
    'updateFile response 200 body /isDeleted: another value',
  ])
  expect(otherwise((text) => text.replace('"isDeleted":false,', ''))).toEqual([
    'updateFile response 200 body /isDeleted: another presence',
  ])
  expect(otherwise((text) => text.replace('"status":200', '"status":202'))).toEqual([
    `step ${at}: updateFile as owner: 200 before, updateFile as owner: 202 now`,
  ])
  const { exchanges } = lines
  expect(toldOtherwise(lines, { ...lines, exchanges: [...exchanges, ...exchanges.slice(-1)] })).toEqual([
    `step ${exchanges.length}: undefined before, deleteFile as owner: 404 now`,
  ])
  expect(toldOtherwise(lines, { ...lines, exchanges: exchanges.slice(0, -1) })).toHaveLength(1)
})
