import { routes } from '../../openapi/generated/routes.ts'
import { Matcher } from '../../openapi/match.ts'
import type { Why } from '../exchange/why.ts'
import { nameOf, nearOperations, operationsAt } from './near-operations.ts'
import { quoted } from './quoted.ts'

const matcher = new Matcher(routes)

const matches = (path: string): boolean => matcher.match('GET', path).kind !== 'nothing'

interface Mend {
  readonly code: string
  readonly text: string
  mend(path: string): string
}

/** What is often wrong with a whole path, in the order in which it is put right. */
const mends: readonly Mend[] = [
  {
    code: 'slashes-doubled',
    text: 'The path has two slashes in a row; does the base URL end with one?',
    mend: (path) => path.replace(/\/{2,}/g, '/'),
  },
  {
    code: 'prefix-doubled',
    text: 'The path has its prefix twice; the base URL is given without /api/v2.',
    mend: (path) => path.replace(/^(?:\/api\/v2){2,}/, '/api/v2'),
  },
  {
    code: 'version-wrong',
    text: 'Only version 2 of the API is here.',
    mend: (path) => path.replace(/^\/api\/v\d+(?=\/)/, '/api/v2'),
  },
  {
    code: 'prefix-missing',
    text: 'Paths begin with /api/v2/.',
    mend: (path) => (path.startsWith('/api/') ? path : `/api/v2${path.replace(/^\/v\d+(?=\/)/, '')}`),
  },
  {
    code: 'case-wrong',
    text: 'Paths are in lower case, except for ids.',
    mend: (path) =>
      path.replace(/[^/]+/g, (word) => (/^[A-Za-z]{6}$/.test(word) ? word : word.toLowerCase())),
  },
]

/** A path without its last slash is redirected, as Django does; most clients lose the method and body on the way. */
export function explainSlash(method: string, path: string): Why {
  const lost =
    method === 'GET' || method === 'HEAD' ? '' : ` A redirected ${method} arrives as a GET without a body.`
  const text = `The slash at the end is missing: ask for ${quoted(`${path}/`)}.${lost}`
  return { code: 'slash-missing', text, nearest: operationsAt(method, `${path}/`) }
}

export function explainMethod(method: string, path: string): Why {
  const nearest = operationsAt(method, path)
  const text = `There is no ${quoted(method)} at this path, but ${nearest.map(nameOf).join(' and ')}.`
  return { code: 'method-wrong', text, nearest }
}

/** For paths at which there is nothing at all. */
export function explainPath(method: string, path: string): Why {
  const mended = mend(path)
  if (mended) {
    const nearest = operationsAt(method, slashed(mended.path)).slice(0, 3)
    return {
      code: mended.code,
      text: `${mended.text} Did you mean ${quoted(slashed(mended.path))}?`,
      nearest,
    }
  }
  const nearest = nearOperations(method, path)
  const [first] = nearest
  const text = first
    ? `Nearest is ${nameOf(first)}: ${first.whyNot}.`
    : 'No described operation is like it; see /docs/.'
  return { code: 'path-unknown', text: `Nothing is described at this path. ${text}`, nearest }
}

/** The first mends that lead to something. */
function mend(path: string): { code: string; text: string; path: string } | null {
  const done: Mend[] = []
  let mended = path
  for (const one of mends) {
    const next = one.mend(mended)
    if (next !== mended) done.push(one)
    mended = next
    const [first] = done
    if (first && matches(mended))
      return { code: first.code, text: done.map(({ text }) => text).join(' '), path: mended }
  }
  return null
}

const slashed = (path: string): string => (path.endsWith('/') ? path : `${path}/`)
