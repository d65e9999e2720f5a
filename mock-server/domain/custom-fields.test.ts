import { expect, it } from 'vitest'
import { MAX_CUSTOM_FIELD_NAME, MAX_CUSTOM_FIELDS } from './custom-fields.ts'
import { aPlatform, createJob, refusalOf } from './testing/a-platform.ts'

const fieldsOf = (job: { customFields: ReadonlyMap<string, unknown> }) => Object.fromEntries(job.customFields)

it('keeps the fields that are not named, and those of other jobs', () => {
  const { platform } = aPlatform()
  const [one, other] = [createJob(platform), createJob(platform)]
  const version = one.version
  platform.setCustomFields(one.id, [
    ['Customer', 'ACME'],
    ['Run Number', 42],
  ])
  platform.setCustomFields(one.id, [
    ['Run Number', null],
    ['Load Cases', ['LC1', 'LC2']],
  ])
  expect(fieldsOf(one)).toEqual({ Customer: 'ACME', 'Run Number': null, 'Load Cases': ['LC1', 'LC2'] })
  expect(fieldsOf(other)).toEqual({})
  expect(one.version).toBeGreaterThan(version)
})

it('takes as many fields as a job may have, and none of a change that has one more', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  const many = Array.from({ length: MAX_CUSTOM_FIELDS }, (_, index) => [`field ${index}`, index] as const)
  platform.setCustomFields(id, many)
  const before = fieldsOf(platform.job(id))
  const tooMany = [
    ['field 0', 'changed'],
    ['one more', 1],
  ] as const
  expect(refusalOf(() => platform.setCustomFields(id, tooMany))).toMatchObject({ kind: 'invalid' })
  expect(fieldsOf(platform.job(id))).toEqual(before)
})

it('takes names up to their limit, and no longer ones', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  platform.setCustomFields(id, [['x'.repeat(MAX_CUSTOM_FIELD_NAME), 1]])
  const tooLong = [['x'.repeat(MAX_CUSTOM_FIELD_NAME + 1), 1]] as const
  expect(refusalOf(() => platform.setCustomFields(id, tooLong))).toMatchObject({ kind: 'invalid' })
  expect(platform.job(id).customFields.size).toBe(1)
})

it('goes with the world when it is saved and restored', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  platform.setCustomFields(id, [['__proto__', ['a']]])
  const saved = platform.save()
  platform.setCustomFields(id, [['__proto__', 'b']])
  void platform.restore(saved)
  expect([...platform.job(id).customFields]).toEqual([['__proto__', ['a']]])
})
