import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Executor, RunInput, RunOrder, RunPlan } from '../domain/executor.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { SimulatedAnswer, SimulatedShell } from '../ssh/cluster-access.ts'

export interface SimulatedShellOptions {
  readonly executor: Executor
  readonly files: FileStore
  /** Of the run that the cluster was started for. */
  readonly order: RunOrder
  readonly home: string
}

/** Files of the home that a simulated command can see, and how large each may be: it looks at names and short texts. */
const MAX_SEEN_FILES = 1_000
const MAX_SEEN_BYTES = 1 << 20

/**
 * Answers commands on a cluster where no process is ever started: each is gone through as a run of its own by the
 * executor's recipes, with the files of the home as its inputs, and leaves its files there.
 */
export function simulatedShell({ executor, files, order, home }: SimulatedShellOptions): SimulatedShell {
  return {
    async run(command): Promise<SimulatedAnswer> {
      const inputs = await inputsFrom(home, files)
      try {
        await executor.prepare?.(inputs)
        const execution = executor.execute(orderOf(order, command, inputs))
        if (execution.kind === 'live') throw new Error('A simulated cluster does not run commands.')
        await leaveFiles(home, execution.plan)
        return answerOf(execution.plan)
      } finally {
        await Promise.all(inputs.map(({ bytes }) => files.remove(bytes.id)))
      }
    },
  }
}

function orderOf(order: RunOrder, command: string, inputs: readonly RunInput[]): RunOrder {
  const [first] = order.analyses
  if (!first) throw new Error(`The run of ${order.jobId} has no analysis.`)
  const analysis = { ...first, command, inputs, templates: [], isShared: false }
  return { ...order, analyses: [analysis], sharedFolder: null, notices: [] }
}

/** Everything below the home, by its path in there. */
async function inputsFrom(home: string, files: FileStore): Promise<RunInput[]> {
  const inputs: RunInput[] = []
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || inputs.length >= MAX_SEEN_FILES) continue
    const path = join(entry.parentPath, entry.name)
    if ((await stat(path)).size > MAX_SEEN_BYTES) continue
    const name = path.slice(home.length + 1).replaceAll('\\', '/')
    inputs.push({ name, bytes: files.put(await readFile(path)), decompress: false })
  }
  return inputs
}

/** Files that the command made; those that it was given are there already. */
async function leaveFiles(home: string, { files }: RunPlan): Promise<void> {
  for (const { relativePath, content } of files) {
    if (!(content instanceof Uint8Array)) continue
    const path = join(home, relativePath)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
}

/** What the command wrote, without the platform's lines: Launching in front, exit code and an empty line behind. */
function answerOf({ log, exitCode }: RunPlan): SimulatedAnswer {
  const written = log.slice(1, -2).map(({ text }) => `${text}\n`)
  return { stdout: written.join(''), stderr: '', exitCode }
}
