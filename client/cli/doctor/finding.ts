import type { ExitName } from '../exit-codes.ts'

/** What one look found, and what to do about it. */
export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'note' | 'fail' | 'skipped'
  readonly detail: string
  readonly remedy?: string
  /** The class that a failure ends the command with. */
  readonly exit?: ExitName
}

export const ok = (check: string, detail: string): Finding => ({ check, status: 'ok', detail })
export const skipped = (check: string, detail: string): Finding => ({ check, status: 'skipped', detail })
export const note = (check: string, detail: string, remedy: string): Finding => ({
  check,
  status: 'note',
  detail,
  remedy,
})
export const failed = (check: string, detail: string, remedy: string, exit: ExitName): Finding => ({
  check,
  status: 'fail',
  detail,
  remedy,
  exit,
})

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
