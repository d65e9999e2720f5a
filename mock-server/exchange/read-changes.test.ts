import { expect, it } from 'vitest'
import { requestSchemas } from '../../openapi/generated/request-schemas.ts'
import { readChanges } from './read-changes.ts'

const { updateJob } = requestSchemas

it('gives nothing but what is there, and knows it by its other spellings', () => {
  expect(readChanges(updateJob, { name: 'wing', unknown: 1 })).toEqual({ value: { name: 'wing' } })
  expect(readChanges(updateJob, { project_id: 'AbCdEf' })).toEqual({ value: { projectId: 'AbCdEf' } })
  expect(readChanges(updateJob, {})).toEqual({ value: {} })
})

it('wants the entries of a list whole, and fills them in', () => {
  expect(readChanges(updateJob, { jobanalyses: [{}] })).toMatchObject({
    errors: {
      jobanalyses: [{ analysis: ['This field is required.'], hardware: ['This field is required.'] }],
    },
  })
  const whole = {
    analysis: { code: 'user_included' },
    command: 'true',
    hardware: { coreType: 'granite', coresPerSlot: 2 },
  }
  expect(readChanges(updateJob, { jobanalyses: [whole] })).toMatchObject({
    value: { jobanalyses: [{ hardware: { coresPerSlot: 2, slots: 1 }, inputFiles: [] }] },
  })
})

it.each([[[]], ['x'], [1]])('refuses %j', (input) => {
  expect(readChanges(updateJob, input)).toHaveProperty('errors')
})
