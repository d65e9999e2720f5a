import type { OperationId } from '../openapi/generated/routes.ts'

/** How many requests of each operation a world has answered. */
export class RequestCounts {
  readonly #counts = new Map<OperationId, number>()

  add(operationId: OperationId): void {
    this.#counts.set(operationId, this.of(operationId) + 1)
  }

  of(operationId: OperationId): number {
    return this.#counts.get(operationId) ?? 0
  }

  clear(): void {
    this.#counts.clear()
  }
}
