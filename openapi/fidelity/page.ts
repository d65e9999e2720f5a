import { type FidelityGrade, fidelityGrades, type Known } from './grades.ts'
import type { AnswerFidelity, FidelityLedger, OperationFidelity } from './ledger.ts'

/** The ledger as a page of Markdown. */
export function fidelityPage(ledger: FidelityLedger): string {
  const answers = ledger.operations.flatMap((operation) => operation.answers)
  const rows = [
    row('operations', ledger.operations),
    row(
      'answers',
      answers.filter(({ status }) => status !== 'request'),
    ),
    row(
      'fields',
      answers.flatMap(({ fields }) => fields),
    ),
  ]
  return [
    '# How well everything is known',
    '',
    'Written by `npm run generate` from the description (`x-evidence`) and from recordings of the live platform; [fidelity-fields.md](fidelity-fields.md) lists every single field, and a running mock shows the same at `/_mock/fidelity/`. The grades, from the most to the least certain: `live` (a recording of the real platform shows it, with its day), `observed` (public output of the real platform shows it), `client-source` (a program that works with the platform relies on it), `docs` (documentation says so), `inferred` (nothing says so: it follows from what clients do or from Django REST framework). What has no evidence of its own is as well known as what it belongs to. [SOURCES.md](../openapi/SOURCES.md) explains the tags of sources.',
    '',
    `| | ${fidelityGrades.join(' | ')} | all |`,
    `|---|${'---|'.repeat(fidelityGrades.length + 1)}`,
    ...rows,
    '',
    '## By operation',
    '',
    'Answers are listed with their grade where it is not the operation’s own; fields where they are less certain than their answer.',
    '',
    '| operation | known | answers | fields less certain than their answer |',
    '|---|---|---|---|',
    ...ledger.operations.map(operationRow),
    '',
  ].join('\n')
}

function row(name: string, all: readonly Known[]): string {
  const counts = fidelityGrades.map((grade) => all.filter((one) => one.grade === grade).length)
  return `| ${[name, ...counts, all.length].join(' | ')} |`
}

function operationRow(operation: OperationFidelity): string {
  const { operationId, method, path, answers } = operation
  const known = [operation.grade, operation.source, operation.date].filter(Boolean).join(', ')
  return `| \`${operationId}\` ${method} \`${path}\` | ${known} | ${answerCell(operation)} | ${answers.map(weakFields).filter(Boolean).join('; ')} |`
}

function answerCell({ grade, answers }: OperationFidelity): string {
  return answers
    .filter(({ status }) => status !== 'request')
    .map((answer) => (answer.grade === grade ? answer.status : `${answer.status} ${dated(answer)}`))
    .join(', ')
}

const dated = ({ grade, date }: Known): string => (grade === 'live' && date ? `${grade} ${date}` : grade)

function weakFields({ status, grade, fields }: AnswerFidelity): string {
  const weaker = fields.filter((field) => isWeaker(field.grade, grade))
  if (weaker.length === 0) return ''
  const byGrade = fidelityGrades.flatMap((one) => {
    const pointers = weaker.filter((field) => field.grade === one).map(({ pointer }) => pointer)
    return pointers.length === 0 ? [] : [`${one} ${namedOrCounted(one, pointers)}`]
  })
  return `${status}: ${byGrade.join(', ')}`
}

/** A client that works is good evidence: of what only prose says, or nobody, each is named. */
function namedOrCounted(grade: FidelityGrade, pointers: readonly string[]): string {
  const isWeak = grade === 'docs' || grade === 'inferred'
  return isWeak ? pointers.map((pointer) => `\`${pointer}\``).join(' ') : `(${pointers.length})`
}

const isWeaker = (one: FidelityGrade, other: FidelityGrade): boolean =>
  fidelityGrades.indexOf(one) > fidelityGrades.indexOf(other)
