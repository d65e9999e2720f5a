import type { RunAnalysis, RunInput, RunOrder } from '../domain/executor.ts'
import { workFolderOf } from '../domain/process-output.ts'
import { inputPath } from './contained-name.ts'

/** One command of a run: an analysis has one, and one more for each of its scripts. */
export interface RunStep {
  readonly analysis: RunAnalysis
  readonly command: string
  /**
   * What the log calls the working directory, as a real cluster's log would: `null` for a script (seen for
   * post-processing, inferred for pre-processing). All commands start in `work` itself.
   */
  readonly shownFolder: string
}

/**
 * The commands in the order they run. A run ends with the first one that fails (inferred: sources do not say whether
 * the next analysis starts after a failed one).
 */
export function stepsOf(order: RunOrder): RunStep[] {
  return order.analyses.flatMap((analysis, index) => {
    const script = (command: string | null): RunStep[] =>
      command === null ? [] : [{ analysis, command, shownFolder: 'null' }]
    const shownFolder = workFolderOf(order.username, index > 0 || order.slots > 1)
    return [
      ...script(scriptCommand(analysis.preProcessScript, analysis.preProcessScriptCommand)),
      { analysis, command: analysis.command, shownFolder },
      ...script(scriptCommand(analysis.postProcessScript, analysis.postProcessScriptCommand)),
    ]
  })
}

/** A script without a command is started itself (inferred). */
function scriptCommand(script: RunInput | null, command: string): string | null {
  if (command.trim() !== '') return command
  return script && `./'${inputPath(script.name).replaceAll("'", "'\\''")}'`
}
