import { createControl, type LintReport } from '../client/control/index.ts'
import { DEFAULT_API_KEY } from './rescale.ts'

export const lintFormats = ['text', 'junit', 'json'] as const

export interface LintCommandOptions {
  readonly apiKey?: string
  readonly format: (typeof lintFormats)[number]
  readonly after?: number
}

/** Prints what the client of a running mock does wrong. Gives the exit code: 1 when there is something. */
export async function lintCommand(
  url: string,
  { apiKey, format, after }: LintCommandOptions,
): Promise<number> {
  const key = apiKey ?? process.env.RESCALE_API_KEY ?? DEFAULT_API_KEY
  const { journal } = createControl({ baseUrl: url, apiKey: key })
  const report = await journal.lint(after).catch((error: unknown) => {
    throw new Error(
      `${url} did not tell: ${reasonOf(error)}. Is it a running localscale serve, and the key right?`,
    )
  })
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : await journal.lintAs(format, after),
  )
  return hasFindings(report) ? 1 : 0
}

const hasFindings = ({ rules }: LintReport): boolean => rules.some(({ findings }) => findings.length > 0)

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error ? cause.message : String(error instanceof Error ? error.message : error)
}
