/** Requests for one file when nothing fails, its metadata included: each counts against the platform's limits. */
export const MAX_REQUESTS = 20

// Of a file, what is fetched first, in one large range for each connection.
const FIRST_SHARE = 2 / 3

/** Where a file's pieces stand. */
export interface PieceState {
  /** How many connections work on the file. */
  readonly connections: number
  /** Pieces so far, and how many there may be. */
  readonly pieces: number
  readonly maxPieces: number
  /** Bytes that nobody fetched when it began, and that nobody fetches now. */
  readonly atFirst: number
  readonly pending: number
}

/**
 * How many bytes the next piece should have. A large one for each connection comes first; the rest goes in small
 * ones to whoever is done, which evens out unequal speeds, and while they come the hash follows through the large
 * ones. With few connections there are more and ever smaller ones.
 */
export function pieceBytes({ connections, pieces, maxPieces, atFirst, pending }: PieceState): number {
  if (connections <= 1) return pending
  const left = maxPieces - pieces
  if (left <= 1) return pending
  if (pieces < connections) return Math.ceil((atFirst * firstShare(connections, maxPieces)) / connections)
  const rounds = left > 2 * connections ? 2 : 1
  return Math.ceil(pending / Math.min(left, rounds * connections))
}

// Where fewer pieces than connections are left for the second round, some connections have nothing to do in it:
// it must be the shorter.
function firstShare(connections: number, maxPieces: number): number {
  const second = Math.max(0, Math.min(connections, maxPieces - connections))
  return 1 - (1 - FIRST_SHARE) * (second / connections) ** 2
}
