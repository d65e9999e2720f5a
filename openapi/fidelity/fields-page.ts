import type { Known } from './grades.ts'
import type { AnswerFidelity, FidelityLedger, FieldFidelity, OperationFidelity } from './ledger.ts'

/** Every field of the ledger, as a page of Markdown. */
export function fidelityFieldsPage(ledger: FidelityLedger): string {
  return [
    '# How well every field is known',
    '',
    'Written by `npm run generate`. [fidelity.md](fidelity.md) explains the grades, and sums up. Below each answer (or `request`, what is sent) its fields stand by what they are known from, with `*` for each item of a list or a map.',
    '',
    ...ledger.operations.flatMap(operationLines),
  ].join('\n')
}

function operationLines(operation: OperationFidelity): string[] {
  const { operationId, method, path, answers } = operation
  return [
    `## ${operationId}`,
    '',
    `${method} \`${path}\`: ${knownText(operation)}`,
    '',
    ...answers.flatMap(answerLines),
    '',
  ]
}

function answerLines(answer: AnswerFidelity): string[] {
  const groups = new Map<string, FieldFidelity[]>()
  for (const field of answer.fields) {
    const known = knownText(field)
    groups.set(known, [...(groups.get(known) ?? []), field])
  }
  return [
    `- ${answer.status}: ${knownText(answer)}`,
    ...[...groups].map(([known, fields]) => `  - ${known}: ${pointersOf(fields)}`),
  ]
}

const knownText = ({ grade, source, date }: Known): string => [grade, source, date].filter(Boolean).join(', ')

const pointersOf = (fields: readonly FieldFidelity[]): string =>
  fields.map(({ pointer }) => `\`${pointer}\``).join(' ')
