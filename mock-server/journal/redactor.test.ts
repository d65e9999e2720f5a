import { expect, it } from 'vitest'
import { REDACTED, Redactor } from './redactor.ts'

const key = '0123456789abcdef0123456789abcdef01234567'

it.each([
  [`{"envVars":{"LICENSE_TOKEN":"s3cret-value"}}`, `{"envVars":{"LICENSE_TOKEN":"${REDACTED}"}}`],
  [`{"a":"{\\"api_key\\": \\"s3cret\\"}"}`, `{"a":"{\\"api_key\\": \\"${REDACTED}\\"}"}`],
  [`export DB_PASSWORD='hunter22' && run`, `export DB_PASSWORD='${REDACTED}' && run`],
  [`RESCALE_API_KEY=${key}\nPATH=/bin`, `RESCALE_API_KEY=${REDACTED}\nPATH=/bin`],
  [`?page=2&access_token=abcdef&x=1`, `?page=2&access_token=${REDACTED}&x=1`],
  [`curl -H "Authorization: Bearer abcdefghijklmnop0123"`, `curl -H "Authorization: Bearer ${REDACTED}"`],
  [`https://me:hunter2@host/x`, `https://me:${REDACTED}@host/x`],
  [`jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl end`, `jwt ${REDACTED} end`],
  [`id AKIAIOSFODNN7EXAMPLE end`, `id ${REDACTED} end`],
  [
    `-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END`,
    `-----BEGIN OPENSSH PRIVATE KEY-----${REDACTED}-----END`,
  ],
  [`the key ${key}.`, `the key ${REDACTED}.`],
])('blanks the secret in %s', (text, clean) => {
  expect(new Redactor().clean(text)).toBe(clean)
})

it.each([
  '{"detail":"Invalid token."}',
  '{"detail":"Invalid token header. Token string should not contain spaces."}',
  `{"encodedEncryptionKey":"abc=","fileHash":"${'a'.repeat(128)}"}`,
  '/api/v2/jobs/?page=2&page_size=25',
  'Token and bearer are schemes',
])('leaves %s as it is', (text) => {
  expect(new Redactor().clean(text)).toBe(text)
})

it('finds a secret again that a request brought', () => {
  const redactor = new Redactor()
  redactor.clean('{"envVars":{"MY_SECRET":"correct horse battery"}}')
  expect(redactor.clean('the log says correct horse battery')).toBe(`the log says ${REDACTED}`)
  expect(redactor.isSuspicious('correct horse battery', 'keys')).toBe(true)
})

it('leaves no half of a secret at the end of a text that was cut', () => {
  const redactor = new Redactor()
  expect(redactor.clean(`the key ${key.slice(0, 30)}`, { cut: true })).toBe('the key ')
  expect(redactor.clean('"MY_TOKEN": "correct hor', { cut: true })).toBe(`"MY_TOKEN": "${REDACTED}`)
  redactor.clean('MY_TOKEN=battery-staple')
  expect(redactor.clean('it was battery-st', { cut: true })).toBe('it was ')
})

it('keeps the scheme of credentials, which says what is wrong with them', () => {
  const redactor = new Redactor()
  expect(redactor.header('authorization', `Bearer ${key}`)).toBe(`Bearer ${REDACTED}`)
  expect(redactor.header('authorization', key)).toBe(REDACTED)
  expect(redactor.header('x-api-key', 'short')).toBe(REDACTED)
  expect(redactor.header('accept', '*/*')).toBe('*/*')
})

it.each([
  ['dots', 'a.'.repeat(30_000)],
  ['dashes', '-eyJ'.repeat(15_000)],
  ['word', 'secret'.repeat(10_000)],
  ['quotes', '"'.repeat(60_000)],
  ['spaces', `Token ${' '.repeat(60_000)}`],
  ['schemes', '://a:'.repeat(12_000)],
  ['begins', '-----BEGIN A'.repeat(5_000)],
])('searches no text of 60 kB for long: %s', (_, text) => {
  const begin = performance.now()
  new Redactor().clean(text)
  expect(performance.now() - begin).toBeLessThan(2_000)
})
