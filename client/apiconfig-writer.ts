import { randomBytes } from 'node:crypto'
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  indentOf,
  isComment,
  optionOf,
  parseApiconfig,
  rstrip,
  sectionHeader,
  splitLines,
  strip,
} from './apiconfig.ts'
import { ConfigError } from './errors.ts'
import { makeFolder } from './make-folder.ts'
import { KEY_OPTIONS, URL_OPTIONS } from './settings.ts'

/** What a profile holds. */
export interface ProfileValues {
  readonly baseUrl: string
  readonly apiKey: string
}

/**
 * Writes a profile into an apiconfig: replaces its URL and key, or adds the profile; everything else in the
 * file stays as it is, comments included. The file ends up readable by its owner only, and is never half
 * written. A file that cannot be parsed is left alone.
 */
export async function writeProfile(path: string, profile: string, values: ProfileValues): Promise<void> {
  const before = await readIfThere(path)
  const after = withProfile(before ?? '', profile, values)
  await makeFolder(dirname(path), 0o700)
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await writeFile(temporary, after, { mode: 0o600, flag: 'wx' })
    await chmod(temporary, 0o600)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The text of an apiconfig with the profile set. */
export function withProfile(text: string, profile: string, values: ProfileValues): string {
  checkName(profile)
  const settings = [
    { names: URL_OPTIONS, value: asValue('baseUrl', values.baseUrl) },
    { names: KEY_OPTIONS, value: asValue('apiKey', values.apiKey) },
  ]
  // Throws on what Python would not read either.
  const parsed = parseApiconfig(text)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = splitLines(text)
  const updated = parsed.sections.includes(profile)
    ? replaceIn(lines, profile, settings)
    : [...lines, ...(lines.length > 0 ? [''] : []), `[${profile}]`, ...settings.map(asLine)]
  const after = `${updated.join(newline)}${newline}`
  checkWritten(after, profile, values)
  return after
}

interface Setting {
  readonly names: readonly string[]
  readonly value: string
}

function asLine({ names, value }: Setting): string {
  return `${names[0]} = ${value}`
}

function checkName(profile: string): void {
  if (profile === '' || profile === 'DEFAULT' || /[\r\n]/.test(profile)) {
    throw new ConfigError(`${JSON.stringify(profile)} cannot be the name of a profile`)
  }
}

function asValue(what: string, value: string): string {
  if (value === '' || strip(value) !== value || /[\r\n]/.test(value)) {
    throw new ConfigError(`${what} cannot be written to an apiconfig: it is empty or has blanks around it`)
  }
  return value.replaceAll('%', '%%')
}

function replaceIn(lines: readonly string[], profile: string, settings: readonly Setting[]): string[] {
  const missing = new Set(settings)
  const out: string[] = []
  let section: string | undefined
  let indent = 0
  // Whether the lines that follow, deeper than `indent`, belong to a value that was replaced.
  let replacing = false
  let inOption = false
  for (const line of lines) {
    if (isComment(line) || strip(line) === '') {
      out.push(line)
      continue
    }
    if (inOption && indentOf(line) > indent) {
      if (!replacing) out.push(line)
      continue
    }
    indent = indentOf(line)
    const header = sectionHeader(line)
    if (header !== undefined) {
      if (section === profile) insertBeforeBlanks(out, missing)
      section = header
      inOption = false
      out.push(line)
      continue
    }
    inOption = true
    const setting = section === profile ? settingOf(line, settings) : undefined
    replacing = setting !== undefined
    out.push(setting ? replacedValue(line, setting.value) : line)
    if (setting) missing.delete(setting)
  }
  if (section === profile) insertBeforeBlanks(out, missing)
  return out
}

function settingOf(line: string, settings: readonly Setting[]): Setting | undefined {
  const name = optionOf(line)?.name ?? ''
  return settings.find(({ names }) => names.includes(name))
}

function replacedValue(line: string, value: string): string {
  const delimiter = line.search(/[=:]/)
  const blanks = /^[ \t]*/.exec(line.slice(delimiter + 1))?.[0] ?? ''
  return `${line.slice(0, delimiter + 1)}${blanks}${value}`
}

// At the section's end, but before the empty lines that set it off from the next one.
function insertBeforeBlanks(out: string[], missing: Set<Setting>): void {
  let end = out.length
  while (end > 0 && rstrip(out[end - 1] ?? '') === '') end--
  out.splice(end, 0, ...[...missing].map(asLine))
  missing.clear()
}

// A section whose lines are all indented would swallow what is added to it; better to refuse than to damage.
function checkWritten(text: string, profile: string, values: ProfileValues): void {
  const written = parseApiconfig(text)
  const has = (names: readonly string[], value: string) =>
    names.some((name) => written.get(profile, name) === value)
  if (!has(URL_OPTIONS, values.baseUrl) || !has(KEY_OPTIONS, values.apiKey)) {
    throw new ConfigError(`The profile [${profile}] cannot be changed in place; edit the file by hand`)
  }
}
