import type { Command } from 'commander'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import type { ExitName } from '../exit-codes.ts'
import type { Session } from '../session.ts'

const WORDS = { ok: 'ok', note: 'note', fail: 'FAIL', skipped: 'skipped' } as const

export function defineDoctor(command: Command, session: Session): void {
  command
    .description(
      'looks at settings, network, TLS, proxy, clock, key, limits, ranges and disk; says what to do',
    )
    .action(async () => {
      const findings: Finding[] = []
      for await (const finding of examine(session)) {
        findings.push(finding)
        if (session.out.form !== 'json') await show(session, finding)
      }
      if (session.out.form === 'json') await session.out.json(findings)
      session.exit = worst(findings)
    })
}

async function show({ out }: Session, finding: Finding): Promise<void> {
  const { check, status, detail, remedy } = finding
  const paint = {
    ok: out.colours.green,
    note: out.colours.yellow,
    fail: out.colours.red,
    skipped: out.colours.dim,
  }
  if (out.form === 'ndjson') return out.each(finding, '')
  await out.painted(`${paint[status](WORDS[status].padEnd(7))} ${check.padEnd(9)} `)
  await out.line(detail)
  if (remedy !== undefined) await out.line(`${' '.repeat(18)}→ ${remedy}`)
}

/** The first failure decides: what comes after it mostly follows from it. */
function worst(findings: readonly Finding[]): ExitName {
  const failed = findings.find(({ status }) => status === 'fail')
  return failed ? (failed.exit ?? 'error') : 'ok'
}
