import { operationIdOf, routeOf } from './operation-of.ts'

/** Whether the description says that an answer of this type holds JSON: those to uploads do, as `text/plain`. */
export function isDescribedAsJson(
  { method, url }: { readonly method: string; readonly url: string },
  status: number,
  contentType: string | undefined,
): boolean {
  const operationId = operationIdOf(method, url)
  const answer = operationId === null ? undefined : routeOf(operationId).answers[String(status)]
  const mediaType = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return answer?.content[mediaType] === 'json'
}
