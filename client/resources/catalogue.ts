import type { Connection } from '../connection.ts'
import type { PagedList } from '../pages.ts'
import type {
  Analysis,
  CallOptions,
  ComputePrice,
  CoreType,
  Filters,
  ListOptions,
  Project,
  User,
} from '../types.ts'

/** `client.user` */
export class UserResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The user that the key belongs to. */
  get(options: CallOptions = {}): Promise<User> {
    return this.#connection.call(this.#connection.api.GET('/api/v2/users/me/', { ...options }))
  }
}

/** `client.projects` */
export class ProjectsResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The projects that jobs can be booked on. */
  list(query: Filters<'listMyProjects'> = {}, options?: ListOptions): PagedList<Project> {
    return this.#connection.list('/api/v2/users/me/projects/', { query }, options)
  }
}

/** `client.coreTypes` */
export class CoreTypesResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The kinds of hardware, with the core counts that each offers. */
  list(query: Filters<'listCoreTypes'> = {}, options?: ListOptions): PagedList<CoreType> {
    return this.#connection.list('/api/v2/coretypes/', { query }, options)
  }
}

/** `client.prices` */
export class PricesResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** What each core type costs, by plan and operating system. Not paged. */
  list(options: CallOptions = {}): Promise<ComputePrice[]> {
    return this.#connection.call(this.#connection.api.GET('/api/v2/billing/computeprices/', { ...options }))
  }
}

/** `client.analyses` */
export class AnalysesResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The software, with its versions. */
  list(query: Filters<'listAnalyses'> = {}, options?: ListOptions): PagedList<Analysis> {
    return this.#connection.list('/api/v2/analyses/', { query }, options)
  }

  get(code: string, options: CallOptions = {}): Promise<Analysis> {
    const params = { path: { code } }
    return this.#connection.call(this.#connection.api.GET('/api/v2/analyses/{code}/', { params, ...options }))
  }
}
