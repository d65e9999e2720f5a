import type { OperationId } from '../../openapi/generated/routes.ts'
import { routeOf } from './operation-of.ts'
import type { RawRequest } from './scenario-context.ts'

type Values = Readonly<Record<string, unknown>>

export interface CallParts {
  readonly path?: Values | undefined
  readonly query?: Values | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
  readonly wrongJson?: unknown
  readonly form?: FormData | undefined
}

/** A call of a described operation as a request. */
export function requestOf(operationId: OperationId, parts: CallParts): RawRequest {
  const { method, path } = routeOf(operationId)
  const target = filled(path, parts.path ?? {}) + queryOf(parts.query ?? {})
  const json = parts.json ?? parts.wrongJson
  if (parts.form) return { method, path: target, headers: parts.headers ?? {}, body: parts.form }
  if (json === undefined) return { method, path: target, headers: parts.headers ?? {} }
  const headers = { 'content-type': 'application/json', ...parts.headers }
  return { method, path: target, headers, body: JSON.stringify(json) }
}

/** Slashes of a value stay slashes: only the last parameter of a path without a slash at its end has any. */
function filled(template: string, values: Values): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name]).split('/').map(encodeURIComponent).join('/'),
  )
}

function queryOf(values: Values): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`
}

/** The bytes of a body, and the headers that go with them. */
export async function encodedBody(
  body: RawRequest['body'],
): Promise<{ headers: Record<string, string>; bytes: Uint8Array | null }> {
  if (body === undefined) return { headers: {}, bytes: null }
  if (body instanceof Uint8Array) return { headers: {}, bytes: body }
  if (typeof body === 'string') return { headers: {}, bytes: new TextEncoder().encode(body) }
  const form = new Response(body)
  return {
    headers: { 'content-type': form.headers.get('content-type') ?? '' },
    bytes: new Uint8Array(await form.arrayBuffer()),
  }
}
