import { escaped } from '../../../openapi/json-pointer.ts'
import { type Description, resolve, type Schema } from '../../../openapi/openapi-document.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { declaredKind, type LeafKind } from './leaf-kinds.ts'
import { plainObject } from './tokens.ts'

/** What is known of a leaf or a key. */
export interface Leaf {
  /** Null where the description does not know it: then nothing of it may be kept. */
  readonly kind: LeafKind | null
  /** JSON pointer, its indices as they are. */
  readonly pointer: string
}

export interface LeafMapper {
  leaf(value: string | number | boolean | null, leaf: Leaf): Json
  /** Keys of free maps and of what is not described. Described keys are never asked for. */
  key(key: string, leaf: Leaf): string
}

/** A schema and where it came from: the component and property that its leaves are declared by. */
interface Place {
  readonly schema: Schema
  readonly component: string
  readonly property: string | null
}

/**
 * What the description says of every place in a body. Places are worked out when they are first come to, and kept:
 * the hundredth job of a page costs no more than looking up.
 */
export class LeafShapes {
  readonly #description: Description
  readonly #roots = new WeakMap<Schema, Shape>()
  readonly #unknown: Shape

  constructor(description: Description) {
    this.#description = description
    this.#unknown = new Shape(description, [])
  }

  /** A copy of a JSON value with every leaf and free key given by `mapper`, which is told what stands there. */
  map(schema: Schema | undefined, value: Json, mapper: LeafMapper): Json {
    return mapAt(this.#root(schema), value, '', mapper)
  }

  #root(schema: Schema | undefined): Shape {
    if (schema === undefined) return this.#unknown
    const known = this.#roots.get(schema)
    if (known) return known
    const shape = new Shape(
      this.#description,
      expand(this.#description, [{ schema, component: '', property: null }]),
    )
    this.#roots.set(schema, shape)
    return shape
  }
}

/** All schemas that may apply at one place of a body. */
class Shape {
  readonly places: readonly Place[]
  /** Keys of validation errors are names of fields. */
  readonly isErrors: boolean
  readonly #description: Description
  readonly #properties = new Map<string, Shape>()
  #items: Shape | undefined
  #others: Shape | undefined

  constructor(description: Description, places: readonly Place[]) {
    this.#description = description
    this.places = places
    this.isErrors = places.some(
      ({ component }) => component === 'ValidationErrors' || component === 'ValidationMessages',
    )
  }

  get items(): Shape {
    this.#items ??= this.#inner(itemsOf)
    return this.#items
  }

  /** Of keys that are not described, where there may be any. */
  get others(): Shape {
    this.#others ??= this.#inner(anyPropertyOf)
    return this.#others
  }

  property(key: string): Shape | undefined {
    const known = this.#properties.get(key)
    if (known || !this.places.some(({ schema }) => Object.hasOwn(schema.properties ?? {}, key))) return known
    const shape = this.#inner(propertyOf(key))
    this.#properties.set(key, shape)
    return shape
  }

  kind(value: Json): LeafKind | null {
    const kinds = this.places.map((place) => kindAt(place, value))
    return kinds.find((kind) => kind !== 'text') ?? kinds[0] ?? null
  }

  #inner(into: (place: Place) => Place[]): Shape {
    return new Shape(this.#description, expand(this.#description, this.places.flatMap(into)))
  }
}

function mapAt(shape: Shape, value: Json, pointer: string, mapper: LeafMapper): Json {
  if (isList(value))
    return value.map((item, index) => mapAt(shape.items, item, `${pointer}/${index}`, mapper))
  if (isObject(value)) return mapObject(shape, value, pointer, mapper)
  return mapper.leaf(value as string | number | boolean | null, { kind: shape.kind(value), pointer })
}

function mapObject(shape: Shape, value: JsonObject, pointer: string, mapper: LeafMapper): Json {
  const mapped = Object.entries(value).map(([key, inner]) => {
    const below = `${pointer}/${escaped(key)}`
    const described = shape.property(key)
    if (described) return [key, mapAt(described, inner, below, mapper)] as const
    const kind = shape.isErrors ? 'message' : shape.others.places.length === 0 ? null : 'text'
    return [mapper.key(key, { kind, pointer: below }), mapAt(shape.others, inner, below, mapper)] as const
  })
  return plainObject(Object.fromEntries(mapped))
}

const propertyOf =
  (key: string) =>
  ({ schema, component }: Place): Place[] => {
    const inner = schema.properties?.[key]
    return inner === undefined ? [] : [{ schema: inner, component, property: key }]
  }

function anyPropertyOf({ schema, component, property }: Place): Place[] {
  const { additionalProperties } = schema
  if (additionalProperties === true || isFree(schema)) return [{ schema: {}, component, property }]
  return typeof additionalProperties === 'object'
    ? [{ schema: additionalProperties, component, property }]
    : []
}

/** `{}` and `type: object` with nothing more say that anything may stand there. */
const isFree = ({ properties, additionalProperties, type, enum: choices, items }: Schema): boolean =>
  properties === undefined &&
  additionalProperties === undefined &&
  choices === undefined &&
  items === undefined &&
  (type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object')))

function itemsOf({ schema, component, property }: Place): Place[] {
  const { items } = schema
  if (items !== undefined) return [{ schema: items, component, property }]
  return isFree(schema) ? [{ schema: {}, component, property }] : []
}

/** All schemas that may apply, references followed, compositions taken apart. */
function expand(description: Description, places: readonly Place[]): Place[] {
  return places.flatMap((place) => expandOne(description, place, 0))
}

// Descriptions may refer to themselves; bodies are never that deep.
const DEEPEST = 12

function expandOne(description: Description, place: Place, depth: number): Place[] {
  if (depth > DEEPEST) return []
  const { $ref } = place.schema
  const component = $ref === undefined ? place.component : ($ref.split('/').at(-1) ?? '')
  const schema = resolve<Schema>(description, place.schema)
  // What a reference is called decides, unless the property that refers has an entry of its own.
  const property = $ref === undefined ? place.property : keepsProperty(place) ? place.property : null
  const here: Place = { schema, component: property === null ? component : place.component, property }
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const inner = parts.flatMap((part) =>
    expandOne(description, { schema: part, component: here.component, property: here.property }, depth + 1),
  )
  return parts.length > 0 && schema.properties === undefined && schema.type === undefined
    ? inner
    : [{ ...here, component: schema.properties === undefined ? here.component : component }, ...inner]
}

const keepsProperty = ({ component, property }: Place): boolean =>
  property !== null && declaredKind(component, property) !== undefined

function kindAt({ schema, component, property }: Place, value: Json): LeafKind {
  if (typeof value !== 'string') return 'public'
  const declared = declaredKind(component, property)
  if (declared !== undefined) return declared
  if (schema.enum?.includes(value)) return 'public'
  if (schema.format === 'date-time') return 'date'
  if (schema.format === 'uri') return 'url'
  if (schema.format === 'email') return 'email'
  return 'text'
}
