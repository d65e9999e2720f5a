import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readTemplate } from '../naming/tokens.ts'
import { detectForms } from '../redaction/detectors.ts'
import type { KnownSecrets } from '../redaction/known-secrets.ts'
import { type Cassette, cassetteText } from './cassette.ts'
import { placeOutOfForm } from './cassette-forms.ts'

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
  refuseOutOfForm(path, cassette)
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

/** Of all recordings below a folder, in order. */
export const cassettesIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names.filter((one) => one.replace(/\.gz$/, '').endsWith(CASSETTE_ENDING)).sort()
}

/** Ids of the scenarios that there are recordings of below a folder, by the names of the files alone. */
export async function recordedScenarios(folder: string): Promise<ReadonlySet<string>> {
  const names = await cassettesIn(folder)
  return new Set(
    names.map((name) => name.replaceAll('\\', '/').replace(/\.gz$/, '').slice(0, -CASSETTE_ENDING.length)),
  )
}

export function refuseSecrets(path: string, text: string, secrets: KnownSecrets): void {
  if (secrets.none) return
  if (secrets.isIn(text) || secrets.isIn(JSON.stringify(JSON.parse(text)))) {
    throw new CassetteRefusedError(`${path} would hold a secret of the profile: not written, not read.`)
  }
}

export function refuseOutOfForm(path: string, cassette: Cassette): void {
  const place = placeOutOfForm(cassette)
  if (place !== undefined)
    throw new CassetteRefusedError(`${path} has what no recorder writes, in its ${place}: record it again.`)
}

/** What looks like a secret is no part of a recording, wherever it comes from. */
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
