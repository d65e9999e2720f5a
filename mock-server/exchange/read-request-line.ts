import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { Matcher } from '../../openapi/match.ts'
import type { Route } from '../../openapi/route.ts'
import { PageTexts } from '../operations/page-texts.ts'
import { PageMemo } from '../operations/pagination.ts'
import { splitTarget } from '../operations/target.ts'
import { detail, emptyAnswer, jsonAnswer, notFound } from './answers.ts'
import type { ExchangeAnswer } from './http.ts'
import { Memo } from './memo.ts'
import { type ParameterValues, readPath, readQuery } from './read-query.ts'

export type ApiRoute = Route<OperationId>

/** What a request line says: which operation, with which parameters, or the answer that it always gets. */
export type RequestLine =
  | {
      readonly kind: 'operation'
      readonly route: ApiRoute
      readonly path: ParameterValues
      readonly query: ParameterValues
      readonly pages: PageMemo
    }
  /** Given to callers who have said who they are. */
  | { readonly kind: 'answer'; readonly answer: ExchangeAnswer; readonly route?: ApiRoute }
  /** Given to everybody, before anything else is looked at. */
  | { readonly kind: 'redirect'; readonly answer: ExchangeAnswer }
  | { readonly kind: 'nothing' }

/** Request lines that are remembered, each of up to so many characters: pollers ask for the same few all the time. */
const REMEMBERED_LINES = 2_000
const LONGEST_REMEMBERED = 300

// `/api/jobs/…` means the first version of the API; links in old answers still have that form (facts §12.1, no. 13).
export const versioned = (path: string): string =>
  path.startsWith('/api/') && !/^\/api\/v\d/.test(path) ? `/api/v2/${path.slice('/api/'.length)}` : path

/** Reads request lines by the description, each of the usual ones once. */
export function requestLineReader(): (method: string, target: string) => RequestLine {
  const matcher = new Matcher<ApiRoute>(routes)
  const memo = new Memo<RequestLine>(REMEMBERED_LINES, LONGEST_REMEMBERED)
  const texts = new PageTexts()
  return (method, target) => memo.get(`${method} ${target}`, () => read(matcher, texts, method, target))
}

function read(matcher: Matcher<ApiRoute>, texts: PageTexts, method: string, target: string): RequestLine {
  const { path, query } = splitTarget(target)
  const match = matcher.match(method, versioned(path))
  switch (match.kind) {
    case 'nothing':
      return match
    case 'slash-missing':
      // Django's APPEND_SLASH (inferred from clients that follow it).
      return { kind: 'redirect', answer: redirect(`${path}/${query && `?${query}`}`) }
    case 'method-not-allowed': {
      const allow = { allow: match.allow.join(', ') }
      return { kind: 'answer', answer: detail(405, `Method "${method}" not allowed.`, allow) }
    }
    case 'route':
      return readParameters(match.route, match.path, query, texts)
  }
}

const redirect = (location: string): ExchangeAnswer =>
  emptyAnswer(301, { location, 'content-type': 'text/html; charset=utf-8' })

function readParameters(
  route: ApiRoute,
  pathTexts: Readonly<Record<string, string>>,
  queryText: string,
  texts: PageTexts,
): RequestLine {
  const path = readPath(route.parameters, pathTexts)
  const query = readQuery(route.parameters, queryText)
  if (path === null) return { kind: 'answer', answer: notFound(), route }
  if ('errors' in query) return { kind: 'answer', answer: jsonAnswer(400, query.errors), route }
  const { page, page_size } = query.value as { page?: string; page_size?: string }
  return {
    kind: 'operation',
    route,
    path,
    query: query.value,
    pages: new PageMemo({ page, page_size }, texts),
  }
}
