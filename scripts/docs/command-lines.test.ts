import { Command } from 'commander'
import { expect, it } from 'vitest'
import { shownLines, unknownWords } from './command-lines.ts'

const page = `Type \`localscale contract allow NAME --loud\`, and \`rescale zoo …\`:

\`\`\`ini
apikey = …
\`\`\`

\`\`\`sh
npx localscale contract --only 'a --not-mine' \\
  --report-dir reports   # --nor-this
FILE="$(rescale zoo feed -q --for=2)" && npm run contract -- replay x -- ls --all
\`\`\`
`

it('finds the commands that a document shows, in blocks and in sentences', () => {
  expect(shownLines(page).map(({ program, words }) => [program, ...words].join(' '))).toEqual([
    "localscale contract --only '' --report-dir reports",
    'rescale zoo feed -q --for=2)"',
    'localscale contract replay x -- ls --all',
    'localscale contract allow NAME --loud',
    'rescale zoo …',
  ])
})

it('names the options and verbs that are nowhere defined', () => {
  const program = new Command('rescale').option('-q, --quiet').option('--url <url>')
  const zoo = program.command('zoo')
  zoo.command('feed').option('--for <count>').argument('<animal>')
  const unknown = (line: string) => unknownWords(line.split(' '), program)
  expect(unknown('zoo feed lion -q --for 2 --for=2 --url zoo --help')).toEqual([])
  expect(unknown('zoo feed lion -- --loud')).toEqual([])
  expect(unknown('zoo … --loud')).toEqual([])
  expect(unknown('zoo feed lion --loud')).toEqual(['rescale zoo feed has no option --loud'])
  expect(unknown('zoo starve lion')).toEqual(['rescale zoo has no starve'])
  expect(unknown('circus')).toEqual(['rescale has no circus'])
})

it('takes options without a verb for those of the default one', () => {
  const program = new Command('localscale contract')
  program.addCommand(new Command('run').option('--only <what>'), { isDefault: true })
  program.addCommand(new Command('list'))
  expect(unknownWords(['--only', 'list'], program)).toEqual([])
  expect(unknownWords(['list', '--only', 'x'], program)).toEqual([
    'localscale contract list has no option --only',
  ])
})
