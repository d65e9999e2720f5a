import { paceText, parsePace } from '../../pace.ts'
import { readKeys } from '../settings-record.ts'
import type { KeptSnapshot, Snapshot } from '../snapshot.ts'
import { fields, listOf, MalformedRecordError, text, whole } from './fields.ts'
import { type Loss, readWorld } from './read-world.ts'
import { type ToldRecord, WorldTeller } from './tell-world.ts'

/** Records of a snapshot that are kept as one: they come and go together. Characters. */
const CHUNK = 64 * 1024

export const snapshotPrefix = (number: number): string => `snapshot/${number}/`

const HEAD = 'head'

/** A snapshot as few records, each with many of its world. */
export function* tellSnapshot({ number, name, image }: Snapshot): Generator<ToldRecord> {
  const prefix = snapshotPrefix(number)
  let chunks = 0
  let held: (readonly [key: string, value: unknown])[] = []
  let length = 0
  const told = (): ToldRecord => {
    chunks += 1
    return { key: `${prefix}${chunks}`, value: held }
  }
  for (const { key, value } of new WorldTeller().all(image.platform)) {
    held.push([key, value])
    length += JSON.stringify(value).length
    if (length < CHUNK) continue
    yield told()
    held = []
    length = 0
  }
  if (held.length > 0) yield told()
  yield { key: prefix + HEAD, value: { name, pace: paceText(image.pace), keys: image.keys, chunks } }
}

const readHead = fields({ name: text, pace: text, keys: readKeys, chunks: whole })

const readEntries = listOf((value, where): [string, unknown] => {
  if (!Array.isArray(value) || value.length !== 2) throw new MalformedRecordError(`${where} is no record`)
  return [text(value[0], where), value[1]]
})

/** Those among the records of a tenant, the oldest first. One that is not whole is lost. */
export function readSnapshots(records: ReadonlyMap<string, unknown>): {
  readonly snapshots: readonly KeptSnapshot[]
  readonly losses: readonly Loss[]
} {
  const numbers = new Set([...records.keys()].flatMap((key) => /^snapshot\/(\d+)\//.exec(key)?.[1] ?? []))
  const snapshots: KeptSnapshot[] = []
  const losses: Loss[] = []
  for (const number of [...numbers].map(Number).sort((one, other) => one - other))
    try {
      snapshots.push(readSnapshot(number, records))
    } catch (error) {
      if (!(error instanceof MalformedRecordError || error instanceof RangeError)) throw error
      losses.push({
        what: `snapshot ${nameOf(records.get(snapshotPrefix(number) + HEAD), number)}`,
        why: error.message,
      })
    }
  return { snapshots, losses }
}

function readSnapshot(number: number, records: ReadonlyMap<string, unknown>): KeptSnapshot {
  const prefix = snapshotPrefix(number)
  const { name, pace, keys, chunks } = readHead(records.get(prefix + HEAD), 'its head')
  const world = new Map<string, unknown>()
  for (let chunk = 1; chunk <= chunks; chunk += 1)
    for (const [key, value] of readEntries(records.get(prefix + chunk), `part ${chunk} of ${chunks}`))
      world.set(key, value)
  if (!world.has('world/state')) throw new MalformedRecordError('it has no clock')
  const { saved, losses } = readWorld(world, '')
  const [loss] = losses
  if (loss) throw new MalformedRecordError(`${loss.what}: ${loss.why}`)
  return { number, name, image: { platform: saved, pace: parsePace(pace), keys } }
}

const nameOf = (head: unknown, number: number): string =>
  typeof head === 'object' && head !== null && 'name' in head ? JSON.stringify(head.name) : `${number}`
