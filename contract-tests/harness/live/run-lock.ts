import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CannotRunError } from '../not-run.ts'

/** Keeps a second run off the same account: budgets and ledgers are of one at a time. Gives what unlocks. */
export function lockRun(path: string, isAlive: (pid: number) => boolean = alive): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  for (const attempt of [1, 2]) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, String(process.pid))
      closeSync(file)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const pid = Number(readFileSync(path, 'utf8'))
      if (attempt === 2 || isAlive(pid)) throw locked(pid, path)
      // Its owner was killed.
      rmSync(path, { force: true })
    }
  }
  throw locked(0, path)
}

const locked = (pid: number, path: string): CannotRunError =>
  new CannotRunError({
    kind: 'not-allowed',
    text: `Another live run uses this account (process ${pid}). Wait for it, or stop it; if there is none, remove ${path}.`,
  })

export function alive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It exists, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
