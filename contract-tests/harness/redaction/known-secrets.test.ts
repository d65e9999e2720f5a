import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KnownSecrets } from './known-secrets.ts'
import { redactReport } from './redact-report.ts'

const key = fc.stringMatching(/^[0-9a-f]{40}$/)
const around = fc.stringMatching(/^[ -~]{0,30}$/)

/** Each with the characters of it that stand for one of the key. */
const writings = (of: string): [text: string, perCharacter: number][] => [
  [of, 1],
  [[...of].reverse().join(''), 1],
  [Buffer.from(of).toString('hex'), 2],
  [Buffer.from(of).toString('base64url'), 4 / 3],
  [[...of].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''), 3],
]

describe('a secret', () => {
  it('is found in whatever way it is written, and masked whole', () => {
    fc.assert(
      fc.property(key, around, around, (secret, before, after) => {
        for (const [written] of writings(secret)) {
          const secrets = new KnownSecrets([secret])
          const text = `${before} ${written.toUpperCase()} ${after}`
          expect(secrets.isIn(text)).toBe(true)
          expect(redactReport(text, secrets).toLowerCase()).not.toContain(written.toLowerCase())
        }
      }),
    )
  })

  it('is found though somebody has shortened it, at either end', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 16, max: 40 }), fc.boolean(), (secret, kept, atStart) => {
        for (const [written, per] of writings(secret)) {
          const length = Math.ceil(kept * per)
          const piece = atStart ? written.slice(0, length) : written.slice(-length)
          const secrets = new KnownSecrets([secret])
          expect(secrets.isIn(`it is ${piece}…`), piece).toBe(true)
          // A last character may share its bits with what follows.
          expect(redactReport(`it is ${piece}…`, secrets)).toMatch(/^it is \[secret\].?…$/)
        }
      }),
    )
  })

  it('is not taken for one where no more than eleven characters of it stand', () => {
    const secrets = new KnownSecrets(['0123456789abcdef0123456789abcdef01234567'])
    expect(secrets.in('0123456789a')).toEqual([])
    expect(secrets.in('0123456789ab')).toEqual([{ from: 0, to: 12, type: 'secret' }])
    expect(secrets.isIn('012345678x9abcdef0123x456789abcx')).toBe(false)
  })
})
