import { HttpError, RescaleError } from '../errors.ts'
import { EXIT, exitOf, Failure, UsageError } from './exit-codes.ts'
import { printable, printableJson } from './printable.ts'
import type { Session } from './session.ts'

/** Says on stderr what went wrong and what to do, as text or JSON. Returns the exit code. */
export function reportError(error: unknown, session: Session): number {
  const exit = exitOf(error)
  const { out, io, job } = session
  if (out.isForPeople) io.stderr.write(`${textOf(error, out.notes.red('error:'), session)}\n`)
  else io.stderr.write(`${printableJson({ error: { exit, ...(job && { job }), ...dataOf(error) } })}\n`)
  return EXIT[exit]
}

function textOf(error: unknown, head: string, session: Session): string {
  if (error instanceof UsageError && error.text !== undefined) return error.text.trimEnd()
  const lines = [...whatHappened(error, head, session)]
  if (session.job !== undefined) lines.push(`  job ${session.job}: rescale jobs watch ${session.job}`)
  return lines.join('\n')
}

function whatHappened(error: unknown, head: string, { out, io }: Session): string[] {
  const exit = exitOf(error)
  // What was under way just then is nobody's question.
  if (io.signal.aborted && (exit === 'interrupted' || exit === 'terminated')) return [`${head} ${exit}`]
  const message = error instanceof Error ? error.message : String(error)
  const lines = [`${head} ${printable(message)}`]
  for (const [position, messages] of fieldErrors(error))
    lines.push(`  ${printable(position)}: ${printable(messages.join(' '))}`)
  const hint = hintOf(error)
  if (hint !== undefined) lines.push(`  ${printable(hint)}`)
  const trail = trailOf(error)
  if (trail !== undefined) lines.push(out.notes.dim(`  ${trail}`))
  return lines
}

// One message stands in the error's own text already.
function fieldErrors(error: unknown): [string, readonly string[]][] {
  const found = error instanceof HttpError ? Object.entries(error.fieldErrors) : []
  return found.length > 1 ? found : []
}

function hintOf(error: unknown): string | undefined {
  if (error instanceof RescaleError || error instanceof UsageError || error instanceof Failure)
    return error.hint
  return undefined
}

function trailOf(error: unknown): string | undefined {
  if (!(error instanceof RescaleError) || error.requestId === undefined) return undefined
  const { attempts } = error
  const sent = attempts.length > 1 ? `, sent ${attempts.length} times` : ''
  return `request ${error.requestId}${sent}`
}

function dataOf(error: unknown): Record<string, unknown> {
  if (error instanceof RescaleError) {
    const { stack: _stack, ...data } = error.toJSON() as Record<string, unknown>
    return data
  }
  const message = error instanceof Error ? error.message : String(error)
  return { name: error instanceof Error ? error.name : 'Error', message, hint: hintOf(error) }
}
