import { detectForms, withoutOverlaps } from './detectors.ts'
import type { KnownSecrets } from './known-secrets.ts'

/** A report without secrets and addresses. Its structure stays: only values are ever masked. */
export function redactReport(text: string, secrets: KnownSecrets): string {
  let masked = ''
  let at = 0
  for (const { from, to, type } of withoutOverlaps([...secrets.in(text), ...detectForms(text)])) {
    masked += `${text.slice(at, from)}[${type}]`
    at = to
  }
  return masked + text.slice(at)
}
