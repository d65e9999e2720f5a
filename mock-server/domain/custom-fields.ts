import { ErrorCollector } from './field-errors.ts'
import type { CustomFields, CustomFieldValue } from './job.ts'
import type { StoredJob } from './stored-job.ts'

/** Of one job. No source knows a limit; this one is far above what workspaces have (IL shows a handful in sections). */
export const MAX_CUSTOM_FIELDS = 500
/** Of a field's name, in characters: what Django's CharFields mostly are given. Inferred. */
export const MAX_CUSTOM_FIELD_NAME = 255

/** Those that are not named stay as they are (inferred). Refused as a whole, or set as a whole. */
export function withFields(
  job: StoredJob,
  changes: readonly (readonly [string, CustomFieldValue])[],
): CustomFields {
  const fields = new Map([...job.customFields, ...changes])
  const errors = new ErrorCollector()
  for (const [name] of changes)
    if (name.length > MAX_CUSTOM_FIELD_NAME)
      errors.add(['non_field_errors'], `Ensure names have no more than ${MAX_CUSTOM_FIELD_NAME} characters.`)
  if (fields.size > MAX_CUSTOM_FIELDS)
    errors.add(['non_field_errors'], `Ensure this job has no more than ${MAX_CUSTOM_FIELDS} custom fields.`)
  errors.refuseIfAny()
  return fields
}
