import { inapplicable } from './inapplicable.ts'
import type { SelfcheckReport } from './selfcheck.ts'

/** The issue that asked for the self-check set these. */
export const LEAST_DEVIATIONS = 60
export const LEAST_VARIATIONS = 10

export interface Verdict {
  readonly text: string
  /** Empty where the harness does what it should. */
  readonly problems: readonly string[]
}

/**
 * What one self-check, or several that should come to the same, say of the harness.
 * `excused` names the deviations that cannot be seeded: no others, and all of them.
 */
export function verdictOf(
  reports: readonly SelfcheckReport[],
  excused: ReadonlySet<string> = new Set(inapplicable.keys()),
): Verdict {
  const [first] = reports
  if (!first) return { text: 'nothing was checked', problems: ['nothing was checked'] }
  const problems = [
    ...tooLittle(first),
    ...new Set(reports.flatMap((report) => [...problemsIn(report), ...notTried(report, excused)])),
    ...unlike(reports),
  ]
  const again = reports.length > 1 && problems.length === 0 ? `, the same ${reports.length} times over` : ''
  return { text: numbersOf(first) + again, problems }
}

export function numbersOf(report: SelfcheckReport | undefined): string {
  if (!report) return 'nothing was checked'
  const seeded = seededIn(report)
  const found = seeded.filter(({ outcome }) => outcome === 'found')
  const tried = triedIn(report)
  const silent = tried.filter(({ alarms }) => alarms.length === 0)
  return `${found.length} of ${seeded.length} deviations found, ${silent.length} of ${tried.length} harmless variations passed in silence`
}

const seededIn = ({ deviations }: SelfcheckReport) =>
  deviations.filter(({ outcome }) => outcome !== 'not-applicable')
const triedIn = ({ variations }: SelfcheckReport) => variations.filter(({ changed }) => changed > 0)

function tooLittle(report: SelfcheckReport): string[] {
  const [seeded, tried] = [seededIn(report).length, triedIn(report).length]
  return [
    ...(seeded < LEAST_DEVIATIONS ? [`only ${seeded} deviations could be seeded`] : []),
    ...(tried < LEAST_VARIATIONS ? [`only ${tried} variations could be tried`] : []),
  ]
}

function problemsIn(report: SelfcheckReport): string[] {
  return [
    ...seededIn(report)
      .filter(({ outcome }) => outcome !== 'found')
      .map(({ id, outcome, said }) => `${id} was ${outcome}${said.length > 0 ? `: ${said[0]}` : ''}`),
    ...triedIn(report).flatMap(({ id, alarms }) =>
      alarms.map((alarm) => `false alarm about ${id}: ${alarm}`),
    ),
  ]
}

/** What was never seeded or changed proves nothing, and looks as if all were well. */
function notTried(report: SelfcheckReport, excused: ReadonlySet<string>): string[] {
  const unseeded = report.deviations.filter(({ outcome }) => outcome === 'not-applicable')
  const unchanged = report.variations.filter(({ changed }) => changed === 0)
  return [
    ...unseeded
      .filter(({ id }) => !excused.has(id))
      .map(({ id }) => `${id} could not be seeded: no scenario gets an answer for it`),
    ...seededIn(report)
      .filter(({ id }) => excused.has(id))
      .map(({ id }) => `${id} could be seeded, though it is called inapplicable`),
    ...unchanged.map(({ id }) => `${id} changed nothing`),
  ]
}

function unlike([first, ...others]: readonly SelfcheckReport[]): string[] {
  if (!first) return []
  const expected = new Map(linesOf(first))
  return others.flatMap((report, index) => {
    const other = linesOf(report).find(([id, line]) => line !== expected.get(id))
    if (other === undefined) return []
    const [id, line] = other
    return `time ${index + 2} came to something else than the first: ${id} was ${line}, before it was ${expected.get(id)}`
  })
}

/** What each time has to come to as well. */
const linesOf = ({ deviations, variations }: SelfcheckReport): [id: string, line: string][] => [
  ...deviations.map(({ id, outcome, scenario, changed }): [string, string] => [
    id,
    `${outcome} in ${scenario} by ${changed} changed answers`,
  ]),
  ...variations.map(({ id, changed, alarms }): [string, string] => [
    `variation ${id}`,
    `tried on ${changed} answers with ${alarms.length} alarms`,
  ]),
]
