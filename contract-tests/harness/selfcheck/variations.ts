import { isList, isObject, type Json } from '../json.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'
import { withHeader } from './answer-deviations.ts'
import type { AnswerVariation, Spoiler, Variation } from './deviation.ts'
import { withJson } from './field-deviations.ts'
import { platformVariations } from './platform-variations.ts'

const onJson = (change: (value: Json) => Json): Spoiler => {
  return ({ answer }) => (answer.body.kind === 'json' ? withJson(answer, change(answer.body.value)) : null)
}

const onHeaders = (change: (headers: HeaderPairs) => HeaderPairs): Spoiler => {
  return ({ answer }) => ({ ...answer, headers: change(answer.headers) })
}

const headersToo = (id: string, added: Readonly<Record<string, string>>): AnswerVariation => ({
  id,
  text: `adds ${Object.keys(added).join(', ')}`,
  create: () =>
    onHeaders((headers) =>
      Object.entries(added).reduce((all, [name, value]) => withHeader(all, name, value), headers),
    ),
})

const inUtf8 = (headers: HeaderPairs): string =>
  `${(headerOf(headers, 'content-type') ?? '').split(';', 1)[0]}; charset=utf-8`

const answerVariations: readonly AnswerVariation[] = [
  { id: 'key order', text: 'writes the keys of objects in another order', create: () => onJson(reordered) },
  {
    id: 'header case',
    text: 'writes the names of headers otherwise',
    create: () =>
      onHeaders((headers) => headers.map(([name, value]) => [name.toUpperCase(), value] as const)),
  },
  {
    id: 'header order',
    text: 'sends its headers in another order',
    create: () => onHeaders((headers) => headers.toReversed()),
  },
  {
    id: 'charset',
    text: 'says that its JSON is in UTF-8',
    create:
      () =>
      ({ answer }) =>
        answer.body.kind === 'json'
          ? { ...answer, headers: withHeader(answer.headers, 'content-type', inUtf8(answer.headers)) }
          : null,
  },
  headersToo('unknown headers', { 'x-request-id': '5f0c61', 'x-some-proxy': 'was here' }),
  headersToo('headers of a proxy', {
    server: 'nginx',
    date: 'Sat, 28 Nov 2026 12:00:00 GMT',
    via: '1.1 proxy',
  }),
  headersToo('headers of a cache', { vary: 'Accept, Cookie, Origin', 'cache-control': 'no-store' }),
  headersToo('headers for browsers', {
    'strict-transport-security': 'max-age=31536000',
    'set-cookie': 'a=b; Secure',
  }),
]

function reordered(value: Json): Json {
  if (isList(value)) return value.map(reordered)
  if (!isObject(value)) return value
  const entries = Object.entries(value).toReversed()
  return Object.fromEntries(entries.map(([key, member]) => [key, reordered(member)]))
}

/** What a platform, or something on the way to it, may do without anybody being wrong. */
export const variations: readonly Variation[] = [...answerVariations, ...platformVariations]
