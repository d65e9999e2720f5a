/** Checks what the documentation claims and a program can know: links, files, npm scripts, command-line options. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { allOptions, shownLines, unknownWords } from './docs/command-lines.ts'
import { contractProgram, rescaleProgram } from './docs/programs.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['openapi', 'mock-server', 'client', 'contract-tests', 'bench', 'docs', 'examples', 'scripts']

interface Document {
  readonly name: string
  readonly text: string
}

function documents(): Document[] {
  const inRoot = readdirSync(root).filter((name) => name.endsWith('.md'))
  const deeper = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  )
  return [...inRoot, ...deeper].map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))
}

function brokenLinks({ name, text }: Document): string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(normalize(join(root, dirname(name), link))))
    .map((link) => `${name}: the link to ${link} leads nowhere`)
}

/** `mock-server/domain/job.ts` and the like, in backticks. */
function missingFiles({ name, text }: Document): string[] {
  const pattern = new RegExp(`\`((?:${folders.join('|')})/[\\w./-]+)\``, 'g')
  return [...text.matchAll(pattern)]
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${name}: there is no ${path}`)
}

function unknownScripts({ name, text }: Document): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)]
    .map(([, script = '']) => script)
    .filter((script) => !(script in scripts))
    .map((script) => `${name}: there is no npm script "${script}"`)
}

/** Options of `localscale serve`, named where the command is shown or in a table that begins with them. */
function unknownOptions({ name, text }: Document, help: string): string[] {
  const known = new Set(help.match(/--[\w-]+/g))
  const shown = [...text.matchAll(/localscale serve([^\n`|]*)/g)].flatMap(
    ([, rest = '']) => rest.match(/--[\w-]+/g) ?? [],
  )
  const listed = [...text.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option = '']) => option)
  return [...shown, ...listed]
    .filter((option) => !known.has(option))
    .map((option) => `${name}: serve has no option ${option}`)
}

/** Options and verbs of the programs whose definitions are at hand. */
const programs = new Map([contractProgram(), await rescaleProgram()].map((one) => [one.name(), one]))

function unknownCommands({ name, text }: Document): string[] {
  return shownLines(text).flatMap(({ program, words }) => {
    const defined = programs.get(program)
    return defined ? unknownWords(words, defined).map((problem) => `${name}: ${problem}`) : []
  })
}

/** Of programs of others: docker, aria2c, umount, Node. */
const OF_OTHERS = ['--cap-add', '--checksum', '--no-mtab', '--max-semi-space-size']

/** Options that a sentence names without their command. */
function strangeOptions({ name, text }: Document, known: ReadonlySet<string>): string[] {
  return [...text.matchAll(/`(--[a-z][\w-]*)/g)]
    .map(([, option = '']) => option)
    .filter((option) => !known.has(option))
    .map((option) => `${name}: nothing has an option ${option}`)
}

const help = execFileSync(process.execPath, [join(root, 'dist/cli/localscale.js'), 'serve', '--help'], {
  encoding: 'utf8',
})
const known = new Set([
  ...(help.match(/--[\w-]+/g) ?? []),
  ...[...programs.values()].flatMap(allOptions),
  ...OF_OTHERS,
])
const problems = documents().flatMap((document) => [
  ...brokenLinks(document),
  ...missingFiles(document),
  ...unknownScripts(document),
  ...unknownOptions(document, help),
  ...unknownCommands(document),
  ...strangeOptions(document, known),
])
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'docs: nothing wrong found' : `docs: ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
