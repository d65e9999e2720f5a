/** Requests for one file when nothing fails, its metadata included: each counts against the platform's limits. */
export const MAX_REQUESTS = 20

// Of a file, what is fetched first, in one large range for each connection.
const FIRST_SHARE = 2 / 3
// How much the first of them is shorter than their mean, and the last longer.
const SPREAD = 3 / 7

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
 * How many bytes the next piece should have. A large one for each connection comes first, each longer than the one
 * before: they are done one after the other, and the hash, which needs the bytes in order, can follow. The rest goes in
 * ever smaller pieces to whoever is done, so that all are done at about the same time.
 */
export function pieceBytes({ connections, pieces, maxPieces, atFirst, pending }: PieceState): number {
  if (connections <= 1) return pending
  const left = maxPieces - pieces
  if (left <= 1) return pending
  if (pieces < connections) return Math.ceil(atFirst * firstPiece(pieces, connections, maxPieces))
  const rounds = left > 2 * connections ? 2 : 1
  const planned = Math.min(left, rounds * connections)
  // Of pieces whose lengths are as planned to planned - 1 and so on to 1, the first.
  return Math.ceil((pending * 2) / (planned + 1))
}

/** The share of the file of a connection's first piece. */
function firstPiece(index: number, connections: number, maxPieces: number): number {
  // Where fewer pieces than connections are left for the second round, some connections have nothing to do in it: it
  // must be the shorter.
  const second = Math.max(0, Math.min(connections, maxPieces - connections)) / connections
  const mean = (1 - (1 - FIRST_SHARE) * second ** 2) / connections
  return mean * (1 + SPREAD * second ** 2 * ((2 * index) / (connections - 1) - 1))
}
