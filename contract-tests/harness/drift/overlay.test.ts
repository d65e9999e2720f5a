import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import type { Validator } from '../../../openapi/validator.ts'
import { validatorModule } from '../../../scripts/generate/validators.ts'
import type { FindingClass } from '../finding.ts'
import type { Json } from '../json.ts'
import { fieldDeviations } from '../selfcheck/field-deviations.ts'
import { drift } from './drift.ts'
import type { DriftFinding } from './drift-finding.ts'
import { type Overlay, overlayOf } from './overlay.ts'
import { applied } from './testing/apply-overlay.ts'
import { exchangesOnMock, type Seeded, seeded } from './testing/seeded.ts'

const mendable: readonly FindingClass[] = [
  'undocumented-field',
  'missing-field',
  'nullability',
  'undocumented-enum-value',
]
const info = { title: 'a test', version: '1' }

/** An answer that a deviation was seeded into, and what drift says of it. */
interface Spoiled {
  readonly id: string
  readonly place: string
  readonly value: Json
  readonly findings: readonly DriftFinding[]
}

function spoiledBy({ deviation, exchange, value, side }: Seeded): Spoiled {
  const place = `${exchange.operationId} ${exchange.response.status} application/json`
  const findings = drift({ live: side }, description).filter((one) => one.class === deviation.class)
  return { id: deviation.id, place, value, findings }
}

async function validatorsOf(overlay: Overlay): Promise<Readonly<Record<string, Validator>>> {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-overlay-'))
  try {
    const file = join(folder, 'validators.mjs')
    await writeFile(file, await validatorModule(applied(description, overlay), 'closed'))
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)).validators
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('the overlay of everything that drift proposes', () => {
  let spoiled: readonly Spoiled[] = []
  let overlay: Overlay
  beforeAll(async () => {
    const exchanges = await exchangesOnMock()
    const deviations = fieldDeviations(description).filter((one) => mendable.includes(one.class))
    spoiled = deviations.flatMap((deviation) => seeded(deviation, exchanges) ?? []).map(spoiledBy)
    const all = overlayOf(
      spoiled.flatMap(({ findings }) => findings),
      info,
    )
    if (!all) throw new Error('nothing is proposed')
    overlay = all
  }, 60_000)

  it('has a proposal for each field too many, too few, null or of another choice, in every group', () => {
    expect(spoiled.length).toBeGreaterThan(25)
    expect(
      spoiled.filter(({ findings }) => !findings.some(({ patch }) => patch)).map(({ id }) => id),
    ).toEqual([])
  })

  it('mends the description, so that every one of those answers is as described', async () => {
    const validators = await validatorsOf(overlay)
    const wrong = spoiled.flatMap(({ id, place, value }) => {
      const validate = validators[place]
      if (!validate) return [`${id}: no validator of ${place}`]
      return validate(value) ? [] : [`${id}: ${JSON.stringify(validate.errors?.slice(0, 2))}`]
    })
    expect(wrong).toEqual([])
  }, 60_000)

  it('holds each action once, and what it proposes with its evidence', () => {
    const done = overlay.actions.map(({ description: _, ...action }) => JSON.stringify(action))
    expect(new Set(done).size).toBe(done.length)
    expect(
      overlay.actions.filter(({ update }) => JSON.stringify(update)?.includes('x-evidence')).length,
    ).toBeGreaterThan(10)
  })
})
