import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlSchemas, dataOf, done } from './connection.ts'

export type WorldSummary = operations['readWorld']['responses'][200]['content']['application/json']
export type WorldSeed = operations['seedWorld']['requestBody']['content']['application/json']
export type Snapshot = ControlSchemas['Snapshot']
export type Fork = operations['forkWorld']['responses'][201]['content']['application/json']

/** One's world as a whole. */
export class WorldsControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  read(): Promise<WorldSummary> {
    return dataOf(this.#api.GET('/_mock/world/'))
  }

  /** As if the key had never been used; snapshots stay. */
  reset(): Promise<WorldSummary> {
    return dataOf(this.#api.POST('/_mock/world/reset/'))
  }

  /** Keeps the world as it is. One of the same name is forgotten. */
  snapshot(name?: string): Promise<Snapshot> {
    return dataOf(this.#api.POST('/_mock/world/snapshots/', { body: name === undefined ? {} : { name } }))
  }

  /** Newest first. */
  snapshots(): Promise<Snapshot[]> {
    return dataOf(this.#api.GET('/_mock/world/snapshots/'))
  }

  /** Goes back to a snapshot, as often as one likes. */
  restore(name = 'snapshot'): Promise<WorldSummary> {
    const params = { path: { name } }
    return dataOf(this.#api.POST('/_mock/world/snapshots/{name}/restore/', { params }))
  }

  dropSnapshot(name = 'snapshot'): Promise<void> {
    return done(this.#api.DELETE('/_mock/world/snapshots/{name}/', { params: { path: { name } } }))
  }

  /** Adds files and jobs, each in the state that is asked for. */
  seed(seed: WorldSeed): Promise<WorldSummary> {
    return dataOf(this.#api.POST('/_mock/world/seed/', { body: seed }))
  }

  /** The world as one file, with the bytes of its files. */
  async export(): Promise<ReadableStream<Uint8Array>> {
    const stream = await dataOf(this.#api.GET('/_mock/world/export/', { parseAs: 'stream' }))
    return stream as unknown as ReadableStream<Uint8Array>
  }

  /** Puts the tenant in a world that was exported. */
  import(file: Blob | Uint8Array<ArrayBuffer>): Promise<WorldSummary> {
    return dataOf(
      this.#api.POST('/_mock/world/import/', {
        body: file as unknown as string,
        bodySerializer: (body) => body,
        headers: { 'content-type': 'application/octet-stream' },
      }),
    )
  }

  /** Another key begins with this world, or with a snapshot of it. */
  fork(options: { readonly apiKey?: string; readonly snapshot?: string } = {}): Promise<Fork> {
    return dataOf(this.#api.POST('/_mock/world/fork/', { body: options }))
  }
}
