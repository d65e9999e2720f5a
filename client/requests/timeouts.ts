/** How long each phase of a request may take, in milliseconds. */
export interface Timeouts {
  /** Until there is a connection. Node's own `fetch` gives up after 10 s whatever is said here. */
  readonly connectMs: number
  /** Until the request's body is sent; for uploads, without the connection taking a byte. */
  readonly sendMs: number
  /** From then until the answer's head is there. */
  readonly headersMs: number
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number
}

// client.md §1A: Node's own limits of 300 s surprise everybody.
export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  sendMs: 30_000,
  headersMs: 30_000,
  bodyMs: 30_000,
}
