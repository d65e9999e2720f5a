import type { JobDefinition } from './job.ts'

/** How many of the last different definitions are known. Programs that submit many jobs vary a few. */
const poolSize = 256
/** Characters of JSON. Longer ones are seldom the same, and would cost memory for nothing. */
const longestShared = 4096

/** Makes jobs that ask for the same share one definition. */
export class DefinitionPool {
  readonly #byContent = new Map<string, JobDefinition>()

  shared(definition: JobDefinition): JobDefinition {
    Object.freeze(definition)
    const content = contentOf(definition)
    if (content.length > longestShared) return definition
    const known = this.#byContent.get(content)
    if (known) return known
    for (const [oldest] of this.#byContent) {
      if (this.#byContent.size < poolSize) break
      this.#byContent.delete(oldest)
    }
    this.#byContent.set(content, definition)
    return definition
  }
}

const contentOf = (definition: JobDefinition): string =>
  JSON.stringify({
    ...definition,
    jobanalyses: definition.jobanalyses.map((analysis) => ({
      ...analysis,
      analysis: analysis.analysis.code,
      version: analysis.version.versionCode,
      hardware: { ...analysis.hardware, coreType: analysis.hardware.coreType.code },
    })),
  })
