import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { LiveRun, RunEnd, RunOrder } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { diskFileStore } from '../../stores/disk-file-store.ts'
import { memoryFileStore } from '../../stores/memory-file-store.ts'
import { type ShellExecutor, type ShellExecutorOptions, shellExecutor } from '../shell/shell-executor.ts'
import type { ShellRun } from '../shell/shell-run.ts'
import { logOf } from './orders.ts'

export interface Workshop {
  readonly root: string
  readonly files: FileStore
  readonly executor: ShellExecutor
  start(order: RunOrder): ShellRun
  /** Runs to the end. */
  run(order: RunOrder): Promise<RunEnd & { readonly log: readonly string[] }>
}

export function aTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'localscale-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A shell executor and a file store on disk, gone with the test. */
export function aWorkshop(options: Partial<ShellExecutorOptions> = {}): Workshop {
  const folder = aTemporaryFolder()
  const root = options.root ?? join(folder, 'runs')
  const files = options.files ?? diskFileStore(join(folder, 'files'))
  const executor = shellExecutor({ ...options, root, files })
  onTestFinished(async () => {
    await executor.close()
    await files.close()
  })
  const start = (order: RunOrder) => executor.execute(order).run
  return {
    root,
    files,
    executor,
    start,
    async run(order) {
      const end = await start(order).ended
      return { ...end, log: await logOf(files, end.outputs) }
    },
  }
}

export function aMemoryStore(): FileStore {
  const files = memoryFileStore({ temporaryFolder: aTemporaryFolder() })
  onTestFinished(() => files.close())
  return files
}

export interface ManualWall {
  readonly after: (milliseconds: number, callback: () => void) => () => void
  /** Delays asked for and neither cancelled nor over. */
  readonly waiting: () => number[]
  /** Lets the delay pass that was asked for. */
  pass(milliseconds: number): void
}

/** Real time that passes only when told. */
export function aManualWall(): ManualWall {
  const timers = new Set<{ milliseconds: number; callback: () => void }>()
  return {
    after(milliseconds, callback) {
      const timer = { milliseconds, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    waiting: () => [...timers].map(({ milliseconds }) => milliseconds),
    pass(milliseconds) {
      const due = [...timers].find((timer) => timer.milliseconds === milliseconds)
      if (!due) throw new Error(`nothing waits for ${milliseconds} ms`)
      timers.delete(due)
      due.callback()
    },
  }
}

/** Resolves when the run's command has written such a file; answers its text. */
export function fileOf(run: LiveRun, relativePath: string): Promise<string> {
  return eventually(async () => {
    const file = await run.open?.(relativePath)
    if (!file) throw new Error(`no ${relativePath} yet`)
    try {
      const chunks: Uint8Array[] = []
      for await (const chunk of file.read(0, file.size)) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      if (text === '') throw new Error(`${relativePath} is empty`)
      return text
    } finally {
      await file.close()
    }
  })
}

export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000, interval: 5 })
