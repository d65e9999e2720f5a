import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readTemplate } from '../naming/tokens.ts'
import { detectForms } from '../redaction/detectors.ts'
import type { KnownSecrets } from '../redaction/known-secrets.ts'
import { CASSETTE_FORMAT, CASSETTE_VERSION, type Cassette, cassetteText, digestOf } from './cassette.ts'

export const CASSETTE_ENDING = '.cassette.json'

/** Larger ones are compressed, and end in `.gz`: nobody reads through a catalogue of 700 programs. Characters. */
const COMPRESSED_FROM = 512 * 1024

/** A recording that must not be written, or must not be believed. */
export class CassetteRefusedError extends Error {
  override readonly name = 'CassetteRefusedError'
}

/** `<folder>/<group>/<scenario>.cassette.json`. Throws for ids that are no such path. */
export function cassettePath(folder: string, scenario: string): string {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*$/.test(scenario)) {
    throw new CassetteRefusedError(`"${scenario}" is no scenario id such as jobs/submit-and-watch`)
  }
  return join(folder, `${scenario}${CASSETTE_ENDING}`)
}

/** Writes it in one step, or not at all: a recording with one of the secrets in it is refused. Gives the file's name. */
export async function writeCassette(
  path: string,
  cassette: Cassette,
  secrets: KnownSecrets,
): Promise<string> {
  const text = cassetteText(cassette)
  refuseSecrets(path, text, secrets)
  refuseUnredacted(path, cassette)
  const compressed = text.length > COMPRESSED_FROM
  const [written, other] = compressed ? [`${path}.gz`, path] : [path, `${path}.gz`]
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o644)
    try {
      await file.writeFile(compressed ? gzipSync(text, { level: 9 }) : text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, written)
    await rm(other, { force: true })
    return written
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Reads one; refuses what was changed by hand, what another version wrote, and what is not redacted. */
export async function readCassette(path: string, secrets?: KnownSecrets): Promise<Cassette> {
  const bytes = await readFile(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  if (secrets) refuseSecrets(path, text, secrets)
  return parseCassette(path, text)
}

export function parseCassette(path: string, text: string): Cassette {
  const cassette = parsed(path, text)
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
  refuseUnredacted(path, cassette)
  return cassette
}

function parsed(path: string, text: string): Cassette {
  try {
    return JSON.parse(text) as Cassette
  } catch {
    throw new CassetteRefusedError(`${path} is no JSON`)
  }
}

const namesIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names.filter((one) => one.replace(/\.gz$/, '').endsWith(CASSETTE_ENDING)).sort()
}

/** Ids of the scenarios that there are recordings of below a folder, by the names of the files alone. */
export async function recordedScenarios(folder: string): Promise<ReadonlySet<string>> {
  const names = await namesIn(folder)
  return new Set(
    names.map((name) => name.replaceAll('\\', '/').replace(/\.gz$/, '').slice(0, -CASSETTE_ENDING.length)),
  )
}

/** All recordings below a folder, by scenario. */
export async function readCassettes(
  folder: string,
  secrets?: KnownSecrets,
): Promise<ReadonlyMap<string, Cassette>> {
  const found = new Map<string, Cassette>()
  for (const name of await namesIn(folder)) {
    const cassette = await readCassette(join(folder, name), secrets)
    found.set(cassette.scenario, cassette)
  }
  return found
}

function refuseSecrets(path: string, text: string, secrets: KnownSecrets): void {
  if (secrets.isIn(text) || secrets.isIn(JSON.stringify(JSON.parse(text)))) {
    throw new CassetteRefusedError(`${path} would hold a secret of the profile: not written, not read.`)
  }
}

/** Rules may have become stricter since it was written. */
function refuseUnredacted(path: string, { exchanges, marker }: Cassette): void {
  for (const exchange of exchanges) {
    const place = placeOfSecret(exchange, '', marker)
    if (place !== undefined) {
      throw new CassetteRefusedError(
        `${path} holds what looks like a secret or an address, in exchange ${exchange.seq} at ${place}. Record it again.`,
      )
    }
  }
}

/** Checksums and bytes in base64 look like keys; they were looked at when they were kept. */
const RANDOM_BY_NATURE = /\/(?:sha256|base64)$/

function placeOfSecret(value: unknown, pointer: string, marker: string): string | undefined {
  if (typeof value === 'string') {
    if (RANDOM_BY_NATURE.test(pointer)) return undefined
    const texts = readTemplate(value).filter((part) => typeof part === 'string')
    return texts.some((text) => detectForms(marker === '' ? text : text.replaceAll(marker, '')).length > 0)
      ? pointer
      : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const place = placeOfSecret(inner, `${pointer}/${key}`, marker)
    if (place !== undefined) return place
  }
  return undefined
}
