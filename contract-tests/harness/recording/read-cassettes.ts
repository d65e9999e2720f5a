import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { redactedAgain } from '../redaction/redacted-again.ts'
import { VERSION } from '../version.ts'
import { CASSETTE_FORMAT, CASSETTE_VERSION, type Cassette, digestOf, RULES_VERSION } from './cassette.ts'
import { CassetteRefusedError, cassettesIn, refuseOutOfForm, refuseSecrets } from './cassette-file.ts'
import { compact, runOfJournal } from './compact.ts'
import { readJournal } from './journal.ts'

const NONE = new KnownSecrets([])

/**
 * Reads one. What it holds is redacted once more, by the function that redacted it before it was saved: whoever replays,
 * compares or exports it gets nothing else. Refuses what holds one of the secrets, what was changed by hand, what another
 * version wrote, and what the same rules would not have kept.
 */
export async function readCassette(path: string, secrets: KnownSecrets = NONE): Promise<Cassette> {
  return read(path, secrets, await loadDescribedBodies())
}

/** All recordings below a folder, by scenario. */
export async function readCassettes(
  folder: string,
  secrets: KnownSecrets = NONE,
): Promise<ReadonlyMap<string, Cassette>> {
  const bodies = await loadDescribedBodies()
  const found = new Map<string, Cassette>()
  for (const name of await cassettesIn(folder)) {
    const cassette = await read(join(folder, name), secrets, bodies)
    found.set(cassette.scenario, cassette)
  }
  return found
}

/** What a crash has left of a recording, redacted once more. No digest says who wrote it, nor a hash by which rules. */
export async function readUnfinished(path: string, secrets: KnownSecrets = NONE): Promise<Cassette> {
  const journal = readJournal(path)
  refuseSecrets(path, JSON.stringify(journal), secrets)
  const { scenario, marker, begunAt } = journal.head
  const bodies = await loadDescribedBodies()
  const cassette = compact([runOfJournal(journal)], {
    scenario,
    marker,
    begunAt,
    from: 'platform',
    note: 'From an unfinished run.',
    bodies,
    version: VERSION,
  })
  refuseOutOfForm(path, cassette)
  return redactedAgain(cassette, bodies, secrets).cassette
}

async function read(path: string, secrets: KnownSecrets, bodies: DescribedBodies): Promise<Cassette> {
  const bytes = await readFile(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const cassette = parsed(path, text)
  refuseSecrets(path, text, secrets)
  refuseForeign(path, cassette)
  refuseOutOfForm(path, cassette)
  const { cassette: redacted, place } = redactedAgain(cassette, bodies, secrets)
  const { rules, description } = cassette.recorded
  // By other rules or another description it may have been right to keep it.
  if (place !== undefined && rules === RULES_VERSION && description === bodies.hash)
    throw new CassetteRefusedError(`${path} holds what no recorder would keep, in ${place}: record it again.`)
  return redacted
}

function refuseForeign(path: string, cassette: Cassette): void {
  if (cassette.format !== CASSETTE_FORMAT)
    throw new CassetteRefusedError(`${path} is no recording of LocalScale`)
  if (cassette.version !== CASSETTE_VERSION) {
    throw new CassetteRefusedError(
      `${path} is of version ${cassette.version}; this harness reads version ${CASSETTE_VERSION}. Record it again.`,
    )
  }
  if (cassette.digest !== digestOf(cassette)) {
    throw new CassetteRefusedError(
      `${path} was changed by hand: its digest does not fit. Change the rules in code and record again; what is edited in a file comes back with the next recording.`,
    )
  }
}

function parsed(path: string, text: string): Cassette {
  try {
    return JSON.parse(text) as Cassette
  } catch {
    throw new CassetteRefusedError(`${path} is no JSON`)
  }
}
