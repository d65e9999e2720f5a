import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml'
import type { SourceLines } from '../../openapi/source-line.ts'

/** Folders of the description whose files hold statements that a finding can point at. */
const folders = ['paths', 'schemas'] as const
const files = ['responses.yaml', 'request-bodies.yaml', 'parameters.yaml', 'headers.yaml'] as const

/** In which file and line each operation, answer and property is described. */
export async function sourceLines(root: string): Promise<SourceLines> {
  const names = await describingFiles(root)
  const lines: Record<string, [number, number]> = {}
  for (const [index, name] of names.entries()) {
    const text = await readFile(join(root, name), 'utf8')
    for (const [place, line] of placesIn(name, text)) lines[place] = [index, line]
  }
  const sorted = Object.entries(lines).sort(([one], [other]) => (one < other ? -1 : 1))
  return { files: names.map((name) => `openapi/${name}`), places: Object.fromEntries(sorted) }
}

/** A description may do without any of them. */
async function describingFiles(root: string): Promise<string[]> {
  const present = await readdir(root)
  const inFolders = folders
    .filter((folder) => present.includes(folder))
    .map(async (folder) => (await readdir(join(root, folder))).map((name) => `${folder}/${name}`))
  const all = [...(await Promise.all(inFolders)).flat(), ...files.filter((name) => present.includes(name))]
  return all.filter((name) => name.endsWith('.yaml')).sort()
}

/** `createJob`, `createJob 400`, `createJob request`, `#Job`, `#Job/properties/name`, `responses/NotFound`. */
function* placesIn(file: string, text: string): Generator<[place: string, line: number]> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  for (const { path, pair } of pairsIn(document.contents)) {
    const place = file.startsWith('paths/') ? placeOfOperation(path, pair) : placeOfComponent(file, path)
    const key = pair.key
    if (place !== null && isScalar(key) && key.range) yield [place, counter.linePos(key.range[0]).line]
  }
  function placeOfOperation(path: readonly string[], { value }: Pair): string | null {
    const [item = '', method = '', what, name] = path
    if (method === '') return null
    const id = operationIdAt(document.contents, [item, method])
    if (id === null) return null
    if (path.length === 2 && isMap(value)) return id
    if (what === 'responses' && path.length === 4) return `${id} ${name}`
    return what === 'requestBody' && path.length === 3 ? `${id} request` : null
  }
}

function placeOfComponent(file: string, path: readonly string[]): string | null {
  const isSchema = file.startsWith('schemas/')
  if (path.length === 1) return isSchema ? `#${path[0]}` : `${file.replace('.yaml', '')}/${path[0]}`
  return isSchema && path.at(-2) === 'properties' ? `#${path.join('/')}` : null
}

function operationIdAt(contents: unknown, [item = '', method = '']: readonly string[]): string | null {
  if (!isMap(contents)) return null
  const id = contents.getIn([item, method, 'operationId'])
  return typeof id === 'string' ? id : null
}

function* pairsIn(
  node: unknown,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; pair: Pair }> {
  if (!isMap(node)) return
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    const here = [...path, key]
    yield { path: here, pair }
    yield* pairsIn(pair.value, here)
  }
}
