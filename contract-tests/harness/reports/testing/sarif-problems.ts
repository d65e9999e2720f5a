import { Ajv } from 'ajv'
import formats from 'ajv-formats'
/** As OASIS published it; from the package @microsoft/jest-sarif 1.0.0-beta.0 (MIT). */
import published from './sarif-2.1.0-rtm.5.json' with { type: 'json' }

// Draft 4, of which it uses nothing that draft 7 reads otherwise.
const { $schema: _, id: __, ...schema } = published
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false })
formats.default(ajv)
const validate = ajv.compile(schema)

/** What the schema of SARIF 2.1.0 says against a report; empty where nothing. */
export const sarifProblems = (text: string): string[] =>
  validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
