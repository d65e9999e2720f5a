import type { RunAnalysis, RunInput, RunOrder } from '../domain/executor.ts'
import { workFolderOf } from '../domain/process-output.ts'
import { inputPath } from './contained-name.ts'

/** One command of a run: an analysis has one, and one more for each of its scripts. */
export interface RunStep {
  readonly analysis: RunAnalysis
  readonly command: string
  /** It starts in `work/shared`, not in `work`. */
  readonly isShared: boolean
  /**
   * What the log calls the working directory, as a real cluster's log would: `null` for a script (seen for
   * post-processing, inferred for pre-processing), though it starts where its analysis does.
   */
  readonly shownFolder: string
  /** Its lines of a name, a tab and a value are results of the run. */
  readonly isPostProcessing: boolean
}

/**
 * The commands in the order they run. A run ends with the first one that fails (inferred: sources do not say whether
 * the next analysis starts after a failed one).
 */
export function stepsOf(order: RunOrder): RunStep[] {
  return order.analyses.flatMap((analysis) => {
    const { isShared } = analysis
    const script = (command: string | null, isPostProcessing: boolean): RunStep[] =>
      command === null ? [] : [{ analysis, command, isShared, shownFolder: 'null', isPostProcessing }]
    const shownFolder = workFolderOf(order.username, isShared)
    return [
      ...script(scriptCommand(analysis.preProcessScript, analysis.preProcessScriptCommand), false),
      { analysis, command: analysis.command, isShared, shownFolder, isPostProcessing: false },
      ...script(scriptCommand(analysis.postProcessScript, analysis.postProcessScriptCommand), true),
    ]
  })
}

/** A script without a command is started itself (inferred). */
function scriptCommand(script: RunInput | null, command: string): string | null {
  if (command.trim() !== '') return command
  return script && `./'${inputPath(script.name).replaceAll("'", "'\\''")}'`
}
