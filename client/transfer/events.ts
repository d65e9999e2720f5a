/**
 * What happens to a file of a transfer. `started` and `finished` (or `skipped`, `reused`, `failed`) come once for
 * each; `progress` at most ten times a second. After `restarted` the file's bytes count from zero again.
 */
export type TransferEventType =
  | 'started'
  | 'resumed'
  | 'progress'
  | 'retrying'
  | 'restarted'
  | 'reused'
  | 'skipped'
  | 'finished'
  | 'failed'

/** One file of a call. */
export interface TransferItem {
  readonly direction: 'upload' | 'download'
  /** Of an upload the name it gets; of a download its path below the folder, with slashes. */
  readonly name: string
  /** Unknown before an upload has ended; a file that is uploaded in parts has none. */
  readonly fileId: string | undefined
  /** Sent, or received and written. */
  readonly bytes: number
  readonly total: number
}

/** All files of a call together. */
export interface TransferTotals {
  readonly files: number
  /** Files that are over, whatever came of them. */
  readonly finished: number
  readonly bytes: number
  readonly total: number
  /** Over the last seconds; 0 until something is known. */
  readonly bytesPerSecond: number
  /** Milliseconds until all is there at that rate. */
  readonly etaMs: number | undefined
}

export interface TransferEvent {
  readonly type: TransferEventType
  readonly item: TransferItem
  readonly all: TransferTotals
  /** Of `retrying` and `failed`: why. */
  readonly error?: Error
  /** Of `retrying`: how long until then. */
  readonly delayMs?: number
}

/** Called as files come and go; what it throws is ignored. */
export type OnTransferEvent = (event: TransferEvent) => void
