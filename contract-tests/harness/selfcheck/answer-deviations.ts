import { fieldSides } from '../../../openapi/generated/field-sides.ts'
import { isObject } from '../json.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'
import type { WholeAnswer, WholeExchange } from './answer.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'
import { groupOf, groups } from './groups.ts'
import { replaced, valueAt } from './places.ts'

type Kind = Omit<Deviation, 'id' | 'group'> & { readonly name: string }

/** What can go wrong with an answer as a whole, for every group. */
const wholeKinds: readonly Kind[] = [
  {
    name: 'undocumented-status',
    class: 'undocumented-status',
    text: 'answers with a success that is not described',
    create:
      () =>
      ({ answer }) =>
        answer.status === 200 || answer.status === 201 ? { ...answer, status: 207 } : null,
  },
  {
    name: 'undocumented-content-type',
    class: 'undocumented-content-type',
    text: 'sends its JSON as another type',
    create:
      () =>
      ({ answer }) =>
        answer.body.kind === 'json'
          ? { ...answer, headers: withHeader(answer.headers, 'content-type', 'application/problem+json') }
          : null,
  },
  {
    name: 'undocumented-header',
    class: 'undocumented-header',
    text: 'pages by a Link header',
    create:
      () =>
      ({ answer, url }) =>
        answer.status === 200
          ? { ...answer, headers: withHeader(answer.headers, 'link', `<${url}?page=2>; rel="next"`) }
          : null,
  },
  {
    name: 'empty-body',
    class: 'empty-body',
    text: 'answers nothing where there should be JSON',
    create:
      () =>
      ({ answer, method }) =>
        answer.status === 200 && answer.body.kind === 'json' && method === 'GET'
          ? { ...answer, body: { kind: 'none' } }
          : null,
  },
  {
    name: 'duplicate-key',
    class: 'duplicate-key',
    text: 'writes a key twice',
    create:
      () =>
      ({ answer }) => {
        const { body } = answer
        if (body.kind !== 'json' || !isObject(body.value)) return null
        const [[key, value] = []] = Object.entries(body.value)
        if (key === undefined) return null
        const text = `{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(body.value).slice(1)}`
        return { ...answer, body: { kind: 'bytes', bytes: new TextEncoder().encode(text) } }
      },
  },
  {
    name: 'missing-header',
    class: 'missing-header',
    text: 'refuses a caller without saying how to authenticate',
    create: () => (exchange) => (exchange.answer.status === 401 ? bare(exchange, 'www-authenticate') : null),
  },
  {
    name: 'write-only-leaked',
    class: 'write-only-leaked',
    text: 'shows what only requests hold',
    create: () => leaked,
  },
  {
    name: 'error-shape',
    class: 'error-shape',
    text: 'tells errors otherwise than Django REST framework',
    create:
      () =>
      ({ answer }) => {
        const { body, status } = answer
        const isError =
          status >= 400 && body.kind === 'json' && isObject(body.value) && 'detail' in body.value
        return isError ? withJson(answer, { error: { message: 'no' } }) : null
      },
  },
]

/** What can go wrong with particular answers. */
const particular: readonly Deviation[] = [
  {
    id: 'files range without Content-Range',
    group: 'files',
    // Not required as such: an answer of several ranges has it in each part.
    class: 'relation',
    rule: 'range',
    text: 'answers a part without saying which',
    create: () => (exchange) => (exchange.answer.status === 206 ? bare(exchange, 'content-range') : null),
  },
  {
    id: 'files missing-header of an unsatisfiable range',
    group: 'files',
    class: 'missing-header',
    text: 'refuses a range without saying how long the file is',
    create: () => (exchange) => (exchange.answer.status === 416 ? bare(exchange, 'content-range') : null),
  },
  {
    id: 'outside missing-header Allow',
    group: 'outside',
    class: 'missing-header',
    text: 'refuses a method without saying which are allowed',
    create: () => (exchange) => (exchange.answer.status === 405 ? bare(exchange, 'allow') : null),
  },
  {
    id: 'outside undocumented-path',
    group: 'outside',
    class: 'undocumented-path',
    text: 'has something where nothing is described',
    create: () => (exchange) => (exchange.answer.status === 404 ? taken(exchange) : null),
  },
  {
    id: 'outside undocumented-method',
    group: 'outside',
    class: 'undocumented-method',
    text: 'takes a method that is not described',
    create: () => (exchange) => (exchange.answer.status === 405 ? taken(exchange) : null),
  },
  {
    id: 'jobs body where there must be none',
    group: 'jobs',
    class: 'empty-body',
    text: 'answers a stop with a body',
    create:
      () =>
      ({ operationId, answer }) =>
        operationId === 'stopJob' && answer.status === 202
          ? withJson(
              { ...answer, headers: withHeader(answer.headers, 'content-type', 'application/json') },
              {},
            )
          : null,
  },
]

/** A field that only requests about the resource hold, in the answer or in the first item of its page. */
function leaked({ operationId, answer: { status, body }, answer }: WholeExchange): WholeAnswer | null {
  const [field] =
    fieldSides.writeOnly.find(({ missingFrom }) => missingFrom.includes(`${operationId} ${status}`))
      ?.fields ?? []
  if (field === undefined || body.kind !== 'json') return null
  const pointer = field.replaceAll('*', '0')
  const holder = valueAt(body.value, pointer.slice(0, pointer.lastIndexOf('/')))
  return isObject(holder) ? withJson(answer, replaced(body.value, pointer, 'abcdef')) : null
}

/** A success in place of a refusal, where no operation is described. */
const taken = ({ operationId, answer }: WholeExchange): WholeAnswer | null =>
  operationId === null ? { ...answer, status: 200 } : null

export function answerDeviations(): Deviation[] {
  const ofGroups = groups.flatMap((group) =>
    wholeKinds.map(({ name, ...kind }) => ({
      ...kind,
      id: `${group} ${name}`,
      group,
      create: () => within(group, kind.create()),
    })),
  )
  return [...ofGroups, ...particular]
}

function within(group: string, spoil: Spoiler): Spoiler {
  return (exchange) => (groupOf(exchange.operationId) === group ? spoil(exchange) : null)
}

export function withHeader(headers: HeaderPairs, name: string, value: string): HeaderPairs {
  return [...headers.filter(([given]) => given.toLowerCase() !== name), [name, value]]
}

function bare({ answer }: WholeExchange, name: string) {
  if (headerOf(answer.headers, name) === undefined) return null
  return { ...answer, headers: answer.headers.filter(([given]) => given.toLowerCase() !== name) }
}
