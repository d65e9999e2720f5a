/** What the matcher needs to know of a described operation. */
export interface RoutePattern {
  /** Upper case. */
  readonly method: string
  /** Template with the prefix, e.g. `/api/v2/jobs/{jobId}/statuses/`. Without a trailing slash, the last parameter takes the rest of the path. */
  readonly path: string
}

export type Match<Route> =
  | { readonly kind: 'route'; readonly route: Route; readonly path: Readonly<Record<string, string>> }
  /** The same path with a trailing slash is described. */
  | { readonly kind: 'slash-missing' }
  | { readonly kind: 'method-not-allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'nothing' }

interface Node<Route> {
  readonly literals: Map<string, Node<Route>>
  parameter: Node<Route> | null
  /** Takes all that is left, slashes included. */
  rest: Node<Route> | null
  readonly routes: Map<string, { route: Route; names: readonly string[] }>
}

const emptyNode = <Route>(): Node<Route> => ({
  literals: new Map(),
  parameter: null,
  rest: null,
  routes: new Map(),
})

/** Finds the operation of a request. Literal segments win over parameters, so `/files/contents/` is never a file id. */
export class Matcher<Route extends RoutePattern> {
  readonly #root: Node<Route> = emptyNode()

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.#add(route)
  }

  /** `path` is the path as sent, without the query. */
  match(method: string, path: string): Match<Route> {
    const segments = path.split('/')
    const values: string[] = []
    const node = find(this.#root, segments, 1, values)
    if (!node)
      return find(this.#root, [...segments, ''], 1, []) ? { kind: 'slash-missing' } : { kind: 'nothing' }
    const entry = node.routes.get(method === 'HEAD' ? 'GET' : method)
    if (!entry) return { kind: 'method-not-allowed', allow: allowed(node) }
    return { kind: 'route', route: entry.route, path: named(entry.names, values) }
  }

  #add(route: Route): void {
    const segments = route.path.split('/').slice(1)
    const names: string[] = []
    let node = this.#root
    segments.forEach((segment, index) => {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1]
      if (name) names.push(name)
      if (!name) node = child(node.literals, segment)
      else if (index === segments.length - 1) node = node.rest ??= emptyNode()
      else node = node.parameter ??= emptyNode()
    })
    node.routes.set(route.method, { route, names })
  }
}

function child<Route>(children: Map<string, Node<Route>>, segment: string): Node<Route> {
  const existing = children.get(segment)
  if (existing) return existing
  const made = emptyNode<Route>()
  children.set(segment, made)
  return made
}

function find<Route>(
  node: Node<Route>,
  segments: readonly string[],
  at: number,
  values: string[],
): Node<Route> | null {
  const segment = segments[at]
  if (segment === undefined) return node.routes.size > 0 ? node : null
  const literal = node.literals.get(segment)
  const byLiteral = literal && find(literal, segments, at + 1, values)
  if (byLiteral) return byLiteral
  if (segment === '') return null
  if (node.parameter) {
    values.push(segment)
    const byParameter = find(node.parameter, segments, at + 1, values)
    if (byParameter) return byParameter
    values.pop()
  }
  if (!node.rest) return null
  values.push(segments.slice(at).join('/'))
  return node.rest
}

/** Percent-escapes that are no UTF-8 stay as they were sent; such an id is simply unknown. */
function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  const path: Record<string, string> = {}
  names.forEach((name, index) => {
    path[name] = decoded(values[index] ?? '')
  })
  return path
}

// Django lists the methods of a view in this order and adds OPTIONS (inferred: Django REST framework's default).
function allowed<Route>(node: Node<Route>): string[] {
  const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const methods = order.filter((method) => node.routes.has(method))
  return [...methods, ...(node.routes.has('GET') ? ['HEAD'] : []), 'OPTIONS']
}
