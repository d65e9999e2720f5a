import type { Instant } from '../instant.ts'

/** What is on a storage device, where the executor keeps it in memory. */
export interface SavedVolume {
  readonly deviceId: string
  readonly files: readonly SavedVolumeFile[]
}

export interface SavedVolumeFile {
  /** From the device's folder. */
  readonly path: string
  /** When it is there: runs are planned before they happen. */
  readonly at: Instant
  readonly content: SavedVolumeContent
}

export type SavedVolumeContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'seeded'; readonly size: number; readonly seed: string; readonly isText: boolean }
  | { readonly kind: 'unkept'; readonly size: number }
