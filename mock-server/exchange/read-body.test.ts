import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestSchemas } from '../../openapi/generated/request-schemas.ts'
import type { BodySchema } from '../../openapi/route.ts'
import { MAX_FREE_DEPTH, readBody } from './read-body.ts'

const whole = { partial: false }

/** A body with one field. */
function aBody(field: BodySchema, required = false): BodySchema {
  return { type: 'object', properties: { field }, ...(required && { required: ['field'] }) }
}

const readField = (field: BodySchema, input: unknown) => readBody(aBody(field), { field: input }, whole)

/** Readings recorded from Django REST framework by read-body.record.py. */
function recordedReadings() {
  const lines = readFileSync(new URL('./read-body.recorded.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  let schema: BodySchema = {}
  return lines.flatMap((line) => {
    const [first, ...rest] = JSON.parse(line) as [unknown, ...unknown[]]
    if (rest.length > 0) return [{ schema, input: first, partial: rest[0] as boolean, reading: rest[1] }]
    schema = first as BodySchema
    return []
  })
}

it('reads bodies and words mistakes as Django REST framework does', () => {
  const recorded = recordedReadings()
  const differing = recorded
    .map(({ schema, input, partial, reading }) => {
      return {
        schema,
        input,
        partial,
        reading,
        ours: JSON.parse(JSON.stringify(readBody(schema, input, { partial }))),
      }
    })
    .filter(({ reading, ours }) => JSON.stringify(reading) !== JSON.stringify(ours))
  expect(recorded.length).toBeGreaterThan(1500)
  expect(differing).toEqual([])
})

describe('a body as the tutorial and older clients send it', () => {
  const job = {
    name: 'airfoil',
    jobanalyses: [
      {
        analysis: { code: 'user_included' },
        command: 'python run.py',
        hardware: { coreType: 'emerald', coresPerSlot: 2 },
      },
    ],
  }
  const read = (changes: object) => readBody(requestSchemas.createJob, { ...job, ...changes }, whole)

  it('gets defaults at every depth', () => {
    expect(read({})).toMatchObject({
      value: {
        isLowPriority: false,
        jobanalyses: [{ hardware: { slots: 1, walltime: null }, inputFiles: [] }],
      },
    })
  })

  it('may give strings for numbers and booleans', () => {
    const hardware = { coreType: 'emerald', coresPerSlot: '1', slots: '2', walltime: '48' }
    const jobanalyses = [{ ...job.jobanalyses[0], hardware, useRescaleLicense: 'false' }]
    expect(read({ jobanalyses, isLowPriority: 'true' })).toMatchObject({
      value: {
        isLowPriority: true,
        jobanalyses: [{ hardware: { coresPerSlot: 1, slots: 2, walltime: 48 }, useRescaleLicense: false }],
      },
    })
  })

  it('may name the core type by its code or by an object that holds it', () => {
    const hardware = { coreType: { code: 'emerald', name: 'Emerald' }, coresPerSlot: 2 }
    expect(read({ jobanalyses: [{ ...job.jobanalyses[0], hardware }] })).toMatchObject({
      value: { jobanalyses: [{ hardware: { coreType: { code: 'emerald' } } }] },
    })
    expect(read({})).toMatchObject({ value: { jobanalyses: [{ hardware: { coreType: 'emerald' } }] } })
  })

  it('may spell projectId with an underscore, the canonical spelling winning', () => {
    expect(read({ project_id: 'abc' })).toMatchObject({ value: { projectId: 'abc' } })
    expect(read({ project_id: 'abc', projectId: 'def' })).toMatchObject({ value: { projectId: 'def' } })
    expect(read({ project_id: 'abc', projectId: null })).toMatchObject({ value: { projectId: null } })
  })

  it('says by position which analysis is wrong', () => {
    const [first] = job.jobanalyses
    const second = { ...first, hardware: { coreType: 'emerald', coresPerSlot: 'two' } }
    expect(read({ jobanalyses: [first, second] })).toEqual({
      errors: { jobanalyses: [{}, { hardware: { coresPerSlot: ['A valid integer is required.'] } }] },
    })
  })

  it('changes only what a PATCH holds', () => {
    expect(readBody(requestSchemas.updateJob, { name: 'wing', unknown: 1 }, { partial: true })).toEqual({
      value: { name: 'wing' },
    })
  })
})

it('takes any JSON, null too, for a body that is not looked at', () => {
  for (const body of [null, 5, 'x', [], { waiveSla: true }]) {
    expect(readBody(requestSchemas.submitJob, body, whole)).toEqual({ value: body })
  }
  expect(readBody(requestSchemas.submitJob, undefined, whole)).toEqual({ value: {} })
})

describe('alternatives', () => {
  const seller: BodySchema = {
    nullable: true,
    oneOf: [
      { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
      { type: 'string', enum: [''] },
    ],
  }

  it('are chosen by the kind of value', () => {
    expect(readField(seller, { code: 'rescale' })).toEqual({ value: { field: { code: 'rescale' } } })
    expect(readField(seller, '')).toEqual({ value: { field: '' } })
    expect(readField(seller, null)).toEqual({ value: { field: null } })
  })

  it('say what is wrong with the chosen one, or else with the first', () => {
    expect(readField(seller, {})).toEqual({ errors: { field: { code: ['This field is required.'] } } })
    expect(readField(seller, 'x')).toEqual({ errors: { field: ['"x" is not a valid choice.'] } })
    expect(readField(seller, [])).toEqual({
      errors: { field: { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] } },
    })
  })

  it('take a number for what it is before they take it for text', () => {
    const count: BodySchema = { oneOf: [{ type: 'string' }, { type: 'integer' }] }
    expect(readField(count, 4)).toEqual({ value: { field: 4 } })
    expect(readField(count, '4')).toEqual({ value: { field: '4' } })
    expect(readField({ oneOf: [{ type: 'string' }] }, 4)).toEqual({ value: { field: '4' } })
  })
})

describe('hostile bodies', () => {
  it('cannot reach a prototype', () => {
    const body = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"field":{"__proto__":"x"}}',
    )
    const reading = readBody(aBody({ type: 'object', additionalProperties: { type: 'string' } }), body, whole)
    expect(JSON.stringify(reading)).toBe('{"value":{"field":{"__proto__":"x"}}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('cannot pass inherited keys off as their own', () => {
    expect(readBody(aBody({ type: 'string' }, true), Object.create({ field: 'x' }), whole)).toEqual({
      errors: { field: ['This field is required.'] },
    })
  })

  it('are refused where they are nested too deeply', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown
    expect(readField({}, nested(MAX_FREE_DEPTH))).toHaveProperty('value')
    expect(readField({}, nested(MAX_FREE_DEPTH + 1))).toEqual({
      errors: { field: ['Value must be valid JSON.'] },
    })
    expect(readField({}, nested(100_000))).toHaveProperty('errors')
    expect(readField({ type: 'string' }, nested(100_000))).toHaveProperty('errors')
    expect(readField({ type: 'string', enum: ['a'] }, nested(100_000))).toHaveProperty('errors')
  })

  it('are read in time that grows no faster than they do', () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]))
    const entries = Array.from({ length: 100_000 }, () => 'x')
    const before = process.cpuUsage()
    expect(readBody(requestSchemas.createJob, keys, whole)).toHaveProperty('errors')
    expect(readField({ type: 'object', additionalProperties: true }, keys)).toHaveProperty('value')
    expect(readField({ type: 'array', items: { type: 'integer' } }, entries)).toHaveProperty('errors')
    expect(readField({ type: 'string' }, ' '.repeat(1_000_000))).toHaveProperty('value')
    expect(readField({ type: 'string', enum: ['a'] }, entries)).toHaveProperty('errors')
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
  })

  it('do not share what was filled in for them', () => {
    const schema = aBody({ type: 'object', additionalProperties: true, default: {} })
    const [first, second] = [1, 2].map(() => readBody<{ field: object }>(schema, {}, whole))
    if (!first || !second || !('value' in first) || !('value' in second)) throw new Error('refused')
    expect(first.value.field).not.toBe(second.value.field)
  })
})

const anySchema = fc.constantFrom(...Object.values(requestSchemas))

it('reads any JSON without throwing, and keeps described keys only', () => {
  fc.assert(
    fc.property(anySchema, aJobLikeValue(), fc.boolean(), (schema, input, partial) => {
      const reading = readBody(schema, input, { partial })
      if ('value' in reading) expect(undescribedKeys(schema, reading.value)).toEqual([])
      else expect(isErrors(reading.errors)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

it('reads what it has read to the same value again', () => {
  fc.assert(
    fc.property(anySchema, aJobLikeValue(), fc.boolean(), (schema, input, partial) => {
      const once = readBody(schema, input, { partial })
      fc.pre('value' in once)
      expect(readBody(schema, JSON.parse(JSON.stringify(once.value)), { partial })).toEqual(once)
    }),
    { numRuns: 2_000 },
  )
})

it('takes every body that fits its schema', () => {
  fc.assert(
    fc.property(
      anySchema.chain((schema) => fc.tuple(fc.constant(schema), fitting(schema))),
      ([schema, body]) => {
        expect(readBody(schema, body, whole)).toEqual({ value: expect.anything() })
      },
    ),
  )
})

/** Any JSON, but with a liking for the keys that the schemas describe. */
function aJobLikeValue(): fc.Arbitrary<unknown> {
  const key = fc.oneof(
    fc.constantFrom(
      'name',
      'jobanalyses',
      'hardware',
      'coreType',
      'coresPerSlot',
      'analysis',
      'code',
      'command',
    ),
    fc.constantFrom(
      'inputFiles',
      'id',
      'typeId',
      'projectId',
      'project_id',
      'envVars',
      'tags',
      '__proto__',
      'toString',
    ),
    fc.string(),
  )
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('1', 'true'),
  )
  return fc
    .letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 6 }),
      ),
    }))
    .value.map((value) => JSON.parse(JSON.stringify(value)))
}

function undescribedKeys(schema: BodySchema, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => undescribedKeys(schema.items ?? {}, entry))
  const chosen = schema.oneOf?.find((alternative) => alternative.type === 'object') ?? schema
  if (typeof value !== 'object' || value === null || !chosen.properties || chosen.additionalProperties)
    return []
  return Object.entries(value).flatMap(([key, entry]) => {
    const field = chosen.properties?.[key]
    return field ? undescribedKeys(field, entry) : [key]
  })
}

function isErrors(errors: unknown): boolean {
  if (typeof errors === 'string') return errors.length > 0
  return typeof errors === 'object' && errors !== null && Object.values(errors).every(isErrors)
}

function fitting(schema: BodySchema): fc.Arbitrary<unknown> {
  const value = fittingValue(schema)
  return schema.nullable ? fc.option(value) : value
}

function fittingValue(schema: BodySchema): fc.Arbitrary<unknown> {
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map(fitting))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const { minimum = -1_000, maximum = 1_000, minItems = 0 } = schema
  if (schema.format === 'email') return fc.constant('jane@example.com')
  if (schema.type === 'string') return fc.nat().map((n) => `text ${n}`)
  if (schema.type === 'integer') return fc.integer({ min: minimum, max: Math.max(minimum, maximum) })
  if (schema.type === 'number')
    return fc.double({ min: minimum, max: Math.max(minimum, maximum), noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'array')
    return fc.array(fitting(schema.items ?? {}), { minLength: minItems, maxLength: minItems + 2 })
  if (schema.type !== 'object') return fc.constant({ anything: [1] })
  if (!schema.properties) {
    const rest = schema.additionalProperties
    return fc.dictionary(fc.string(), rest && rest !== true ? fitting(rest) : fc.integer(), { maxKeys: 3 })
  }
  const fields = Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => [name, fitting(field)]),
  )
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] })
}
