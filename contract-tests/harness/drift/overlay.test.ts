import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Description } from '../../../openapi/openapi-document.ts'
import { description } from '../../../openapi/testing/description.ts'
import type { Validator } from '../../../openapi/validator.ts'
import { validatorModule } from '../../../scripts/generate/validators.ts'
import type { FindingClass } from '../finding.ts'
import type { Json, JsonObject } from '../json.ts'
import { fieldDeviations } from '../selfcheck/field-deviations.ts'
import { drift } from './drift.ts'
import type { DriftFinding } from './drift-finding.ts'
import { type Overlay, overlayOf } from './overlay.ts'
import { descriptionPatch, type PatchSubject } from './patch.ts'
import { applied } from './testing/apply-overlay.ts'
import { exchangesOnMock, type Seeded, seeded } from './testing/seeded.ts'

const mendable: readonly FindingClass[] = [
  'undocumented-field',
  'missing-field',
  'nullability',
  'undocumented-enum-value',
  'type',
  'constraint',
  'format-class',
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

async function validatorsOf(
  overlay: Overlay,
  of = description,
): Promise<Readonly<Record<string, Validator>>> {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-overlay-'))
  try {
    const file = join(folder, 'validators.mjs')
    await writeFile(file, await validatorModule(applied(of, overlay), 'closed'))
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

  it('has a proposal for each field too many, too few, null, of another type or choice, beyond its bound or a date otherwise, in every group', () => {
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

describe('an overlay of several values that were seen at one place', () => {
  const text = { type: 'string' }
  const day = String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$`
  const dates = [
    '2026-01-31',
    '2026-01-31 10:00',
    '2026-01-31T10:00:00.123+01:00',
    '2026-01-31T10:00:00-0500',
  ]
  type Case = readonly [class_: FindingClass, schema: JsonObject, ...seen: Json[]]
  /** By the field that it is of. */
  const cases: Readonly<Record<string, Case>> = {
    minimum: ['constraint', { type: 'integer', minimum: 1 }, 0, -3],
    maximum: ['constraint', { type: 'number', maximum: 1 }, 1.5, 3],
    exclusiveMinimum: ['constraint', { type: 'number', exclusiveMinimum: 0 }, 0],
    exclusiveMaximum: ['constraint', { type: 'number', exclusiveMaximum: 9 }, 9],
    bothBounds: ['constraint', { type: 'integer', minimum: 1, maximum: 5 }, 0, 6],
    minLength: ['constraint', { ...text, minLength: 1 }, ''],
    maxLength: ['constraint', { ...text, maxLength: 3 }, 'four', 'and more'],
    minItems: ['constraint', { type: 'array', items: text, minItems: 1 }, []],
    maxItems: ['constraint', { type: 'array', items: text, maxItems: 1 }, ['a', 'b']],
    maxProperties: [
      'constraint',
      { type: 'object', additionalProperties: text, maxProperties: 1 },
      { a: '', b: '' },
    ],
    otherType: ['type', text, 5, true, 1.5],
    otherTypeOfList: ['type', { type: ['string', 'null'] }, 5],
    typeOfChoice: ['type', { ...text, enum: ['a'] }, 5, false],
    objectForText: ['type', text, { deep: { er: 1 } }, 7],
    listForText: ['type', text, ['a', 1]],
    typeOfReference: ['type', { $ref: '#/components/schemas/Day' }, 5, { since: 'ever' }],
    typeOfEither: ['type', { anyOf: [text, { type: 'null' }] }, 5],
    otherDate: ['format-class', { ...text, pattern: day }, ...dates],
    dateOfReference: ['format-class', { $ref: '#/components/schemas/Day' }, ...dates],
    dateOfEither: [
      'format-class',
      { anyOf: [{ $ref: '#/components/schemas/Day' }, { type: 'null' }] },
      dates[0] ?? '',
    ],
    formatted: ['format-class', { ...text, format: 'date-time' }, ...dates.slice(0, 2)],
    choices: ['undocumented-enum-value', { ...text, enum: ['a'] }, 'b', 'c'],
  }
  const fields = Object.fromEntries(Object.entries(cases).map(([field, [, schema]]) => [field, schema]))
  // No schema of one field is that of another.
  const small: Description = JSON.parse(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'small', version: '1' },
      paths: {
        '/things/': Object.fromEntries(
          ['get', 'post'].map((method) => [
            method,
            {
              operationId: `${method}Thing`,
              responses: {
                200: {
                  description: '',
                  content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
                },
              },
            },
          ]),
        ),
      },
      components: {
        schemas: { Thing: { type: 'object', properties: fields }, Day: { ...text, pattern: day } },
      },
    }),
  )
  const subjectOf = (operationId: string, field: string, [class_, , ...examples]: Case): PatchSubject => ({
    ...{ class: class_, operationId, status: 200, side: 'response', pointer: `/${field}`, examples },
    date: '2026-01-31',
  })
  const overlayOver = (subjects: readonly PatchSubject[]): Overlay => {
    const findings = subjects.map((subject) => {
      const patch = descriptionPatch(subject, small)
      expect(patch, JSON.stringify(subject)).not.toBeNull()
      return { patch } as DriftFinding
    })
    const overlay = overlayOf(findings, info)
    if (!overlay) throw new Error('nothing is proposed')
    return overlay
  }
  const refused = async (overlay: Overlay): Promise<string[]> => {
    const validate = (await validatorsOf(overlay, small))['getThing 200 application/json']
    const all = Object.entries(cases).flatMap(([field, [, , ...seen]]) =>
      seen.map((value) => [field, value] as const),
    )
    return all.filter(([field, value]) => validate?.({ [field]: value }) !== true).map(([field]) => field)
  }

  it('takes all of them, whichever operation showed them and however many of them share a schema', async () => {
    const nothing: Overlay = { overlay: '1.1.0', info, extends: '', actions: [] }
    const before = await refused(nothing)
    expect(new Set(before)).toEqual(new Set(Object.keys(cases)))
    // Half of the values by one operation, the rest by the other, and one of them null.
    const subjects = Object.entries(cases).flatMap(([field, one]) => {
      const [class_, schema, ...seen] = one
      const half = (from: number, to?: number): Case => [class_, schema, ...seen.slice(from, to)]
      const halves = [subjectOf('getThing', field, half(0, 1)), subjectOf('postThing', field, half(1))]
      const nullable: Case = ['nullability', schema, null]
      return [...halves.filter(({ examples }) => examples.length > 0), subjectOf('getThing', field, nullable)]
    })
    const overlay = overlayOver(subjects)
    expect(await refused(overlay)).toEqual([])
    const validate = (await validatorsOf(overlay, small))['getThing 200 application/json']
    for (const field of Object.keys(cases))
      expect([field, validate?.({ [field]: null })]).toEqual([field, true])
    // What was not seen is no more right than before.
    for (const wrong of [
      { otherType: [] },
      { otherDate: 'soon' },
      { choices: 'd' },
      { minimum: 'a' },
      { dateOfReference: 'soon' },
    ])
      expect([wrong, validate?.(wrong)]).toEqual([wrong, false])
  }, 60_000)

  it.each<[why: string, subject: Partial<PatchSubject>]>([
    [
      'a whole body of another type, which nothing is known of',
      { class: 'type', pointer: '', examples: [5] },
    ],
    [
      'a text of no described form that is no date',
      { class: 'format-class', pointer: '/otherDate', examples: ['soon'] },
    ],
    ['a bound that stands elsewhere', { class: 'constraint', pointer: '/otherType', examples: [''] }],
    ['what was not kept', { class: 'type', pointer: '/otherType', examples: [] }],
  ])('is not made of %s', (_, subject) => {
    const whole = { ...subjectOf('getThing', 'otherType', ['type', {}]), ...subject }
    expect(descriptionPatch(whole, small)).toBeNull()
  })
})
