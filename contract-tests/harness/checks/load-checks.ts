import { loadChecker } from '../../../openapi/check-answer.ts'
import type { Finding } from '../finding.ts'
import { checksumFindings } from '../relations/checksums.ts'
import { deletedFindings } from '../relations/deleted.ts'
import { echoFindings } from '../relations/echo.ts'
import { historyFindings } from '../relations/histories.ts'
import { isolationFindings } from '../relations/isolation.ts'
import { dateFindings } from '../relations/ordered-dates.ts'
import { paginationFindings } from '../relations/pages.ts'
import { rangeFindings } from '../relations/ranges.ts'
import { tagFindings } from '../relations/tags.ts'
import { uploadedNameFindings } from '../relations/uploaded-names.ts'
import { hasAnswer, type SeenExchange } from '../seen-exchange.ts'
import { servedWithoutKey } from './callers.ts'
import { findingsInAnswer } from './described-answer.ts'
import { findingsInRequest } from './described-request.ts'
import { keysThatStandTwice } from './duplicate-keys.ts'
import { failedExchange } from './failures.ts'
import { announcedLength, undocumentedHeaders } from './headers.ts'

export interface Checks {
  /** What one exchange says by itself. */
  checkExchange(exchange: SeenExchange): Finding[]
  /** What the exchanges of one scenario, in the order of their numbers, say of each other. */
  checkSequence(exchanges: readonly SeenExchange[]): Finding[]
  /** Both. */
  check(exchanges: readonly SeenExchange[]): Finding[]
}

const relations = [
  paginationFindings,
  echoFindings,
  uploadedNameFindings,
  historyFindings,
  dateFindings,
  checksumFindings,
  rangeFindings,
  deletedFindings,
  isolationFindings,
  tagFindings,
]

/** All checks, as pure functions: on what was just seen, and on recordings alike. Loads the validators. */
export async function loadChecks(): Promise<Checks> {
  const checker = await loadChecker()
  const checkExchange = (exchange: SeenExchange): Finding[] => {
    if (!hasAnswer(exchange)) return failedExchange(exchange)
    return [
      ...findingsInAnswer(exchange, checker),
      ...findingsInRequest(exchange, checker),
      ...undocumentedHeaders(exchange),
      ...announcedLength(exchange),
      ...servedWithoutKey(exchange),
      ...keysThatStandTwice(exchange),
    ]
  }
  const checkSequence = (exchanges: readonly SeenExchange[]) =>
    relations.flatMap((relation) => relation(exchanges))
  return {
    checkExchange,
    checkSequence,
    check: (exchanges) => [...exchanges.flatMap(checkExchange), ...checkSequence(exchanges)],
  }
}
