import { sharedCatalogues } from '../../../mock-server/index.ts'
import type { LiveServerOptions } from './live-server.ts'

type Catalogues = NonNullable<LiveServerOptions['catalogue']>

/** Enough for two pages of a hundred; nine tenths of all bytes of a self-check were those of the whole list, which has 712. */
const ANALYSES = 130

/** What jobs of scenarios run. */
const NEEDED = 'user_included'

/** As `sharedCatalogues`, with less software: how much there is to run is for a platform to say. */
export function smallCatalogues(): Catalogues {
  const wholeOf = sharedCatalogues()
  const made = new Map<string, ReturnType<Catalogues>>()
  return (seed) => {
    const catalogue = made.get(seed) ?? wholeOf(seed).then(small)
    made.set(seed, catalogue)
    return catalogue
  }
}

function small(whole: Awaited<ReturnType<Catalogues>>): Awaited<ReturnType<Catalogues>> {
  const analyses = whole.analyses.filter(({ code }, index) => index < ANALYSES - 1 || code === NEEDED)
  const byCode = new Map(analyses.map((analysis) => [analysis.code, analysis]))
  return { ...whole, analyses, analysis: (code) => byCode.get(code) }
}
