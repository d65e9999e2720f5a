import type { DriftFinding } from '../drift/drift-finding.ts'

/** `getJob 200 /owner`, or what else there is to name. */
export function placeText({ operationId, status, side, pointer }: DriftFinding): string {
  const where = side === 'request' ? 'request' : status
  return [operationId ?? 'outside the description', where, pointer]
    .filter((part) => part !== '' && part !== null)
    .join(' ')
}

/** Everything about a finding, as lines of plain text. */
export function findingText(finding: DriftFinding): string {
  const {
    pair,
    class: kind,
    fingerprint,
    expected,
    received,
    culprit,
    because,
    evidence,
    occurrences,
  } = finding
  const [shown] = evidence
  return [
    `${kind} at ${placeText(finding)} (${pair}, ${fingerprint})`,
    finding.message,
    `expected: ${expected}`,
    `received: ${received}`,
    `probably wrong: ${culprit}, because ${because}`,
    ...(shown
      ? [`seen ${occurrences}x, first in ${shown.scenario} exchange ${shown.seq} at ${shown.at}`]
      : []),
    ...patchLines(finding),
    ...(finding.accepted
      ? [
          `accepted by ${finding.accepted.owner} until ${finding.accepted.reviewBy}: ${finding.accepted.reason}`,
        ]
      : []),
  ].join('\n')
}

export function patchLines({ patch }: DriftFinding): string[] {
  if (patch === null) return []
  if (patch.kind === 'mock') return [`mend the mock: ${patch.operationId} should ${patch.text}`]
  return patch.actions.map((action) => `mend the description: overlay ${JSON.stringify(action)}`)
}
