import { fileURLToPath } from 'node:url'
import { loadChecks } from '../contract-tests/harness/checks/load-checks.ts'
import { realClock } from '../contract-tests/harness/harness-clock.ts'
import { runScenarios } from '../contract-tests/harness/run-report.ts'
import { countsAsFinding } from '../contract-tests/harness/scenario-result.ts'
import { liveHere, OTHER_LIVE_API_KEY } from '../contract-tests/harness/second-server/live-here.ts'
import { scenarios } from '../contract-tests/scenarios/index.ts'

// Records the suite, twice, as told to the second server of our own that stands for the real platform: what replays in
// CI without a network. Run it when scenarios have changed: npm run contract:record

const folder = fileURLToPath(new URL('../contract-tests/recordings', import.meta.url))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((id) => !scenarios.some((one) => one.id === id))
if (unknown.length > 0) {
  process.stderr.write(
    `no scenario is called ${unknown.join(', ')}: npx localscale contract list names them\n`,
  )
  process.exit(2)
}
const chosen = scenarios.filter(({ id }) => wanted.length === 0 || wanted.includes(id))

await using here = await liveHere({ otherApiKey: OTHER_LIVE_API_KEY })
const target = await here.target({ recordTo: folder, other: OTHER_LIVE_API_KEY })
const { check } = await loadChecks()
for (const telling of ['first', 'second']) {
  const { results } = await runScenarios(chosen, target, { clock: realClock, check })
  for (const { id, outcome, failure, findings } of results) {
    const wrong = findings.filter(countsAsFinding)
    if (outcome === 'failed' || wrong.length > 0) {
      process.stderr.write(
        `${telling} telling of ${id}: ${failure ?? ''} ${wrong.map(({ message }) => message).join('; ')}\n`,
      )
      process.exitCode = 1
    }
  }
}
await target.close()
