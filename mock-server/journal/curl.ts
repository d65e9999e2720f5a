import type { JournalEntry } from './entry.ts'
import { REDACTED } from './redactor.ts'

/** Headers that curl makes itself, and that would be wrong for another body or host. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
])

/** Requests as a script for a shell. Keys were never kept: it takes the one in RESCALE_API_KEY. */
export function* curl(entries: Iterable<JournalEntry>): Generator<string> {
  yield '#!/bin/sh\n# Needs RESCALE_API_KEY.\n'
  for (const entry of entries) yield `\n${command(entry)}\n`
}

function command({ number, operationId, request, answer }: JournalEntry): string {
  const { method, url, headers, body } = request
  const notes = [
    `# ${number}: ${operationId ?? 'no described operation'}, answered ${answer?.status ?? 'nothing'}`,
  ]
  if (body?.isCut) notes.push('# Only the beginning of the body was kept.')
  if (body?.isRedacted || url.includes(REDACTED)) notes.push('# Secrets were blanked: put them back.')
  const words = [
    'curl',
    '--globoff',
    '--include',
    ...(method === 'HEAD' ? ['--head'] : ['--request', quoted(method)]),
  ]
  const head = Object.entries(headers).flatMap(([name, value]) =>
    headerWords(name, [value].flat().join(', ')),
  )
  const pipe = body?.base64 === undefined ? '' : `printf %s ${quoted(body.base64)} | base64 --decode | `
  return [...notes, pipe + [...words, ...head, ...bodyWords(body), quoted(url)].join(' ')].join('\n')
}

function headerWords(name: string, value: string): string[] {
  if (OWN_HEADERS.has(name)) return []
  if (name === 'authorization') return ['--header', authorization(value)]
  // How curl is told to send a header without a value.
  return ['--header', quoted(value === '' ? `${name};` : `${name}: ${value}`)]
}

/** The scheme as it was sent, which may be what was wrong. */
function authorization(value: string): string {
  const [, scheme = ''] = /^([A-Za-z]+ )/.exec(value) ?? []
  return `"authorization: ${scheme}$RESCALE_API_KEY"`
}

function bodyWords(body: JournalEntry['request']['body']): string[] {
  if (body === null) return []
  return body.base64 === undefined ? ['--data-raw', quoted(body.text ?? '')] : ['--data-binary', '@-']
}

/** For a POSIX shell, in which nothing inside single quotes means anything. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
