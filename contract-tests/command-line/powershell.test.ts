import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Language, type Node, Parser } from '@vscode/tree-sitter-wasm'
import { beforeAll, expect, it } from 'vitest'
import { LINE_VARIABLE } from '../../client/cli/completion/powershell.ts'
import { SCRIPTS } from '../../client/cli/completion/shells.ts'
import { unescaped } from '../../client/test-support/dotnet.ts'
import { aCommandLine } from './call.ts'

const SCRIPT = SCRIPTS.powershell
const require = createRequire(import.meta.url)
let parser: Parser

beforeAll(async () => {
  await Parser.init()
  const grammar = require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm')
  parser = new Parser().setLanguage(await Language.load(grammar))
})

function parsed(text: string): Node {
  const tree = parser.parse(text)
  if (!tree) throw new Error('There is no tree')
  return tree.rootNode
}

const textsOf = (node: Node, type: string) =>
  node.descendantsOfType(type).map((found) => found?.text.toLowerCase())

it('is a script by the grammar of PowerShell', () => {
  expect(parsed(SCRIPT).hasError).toBe(false)
})

it.each([
  ['a brace less', SCRIPT.replace(/\}\s*$/, '')],
  ['a pipe too many', SCRIPT.replace('|', '| |')],
  ['a quote that is not closed', SCRIPT.replace(`'ParameterValue'`, `'ParameterValue`)],
  ['a list that does not end', SCRIPT.replace('::new(', '::new((')],
])('would not be with %s', (_, broken) => {
  expect(broken).not.toBe(SCRIPT)
  expect(parsed(broken).hasError).toBe(true)
})

// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter, -Native: the
// parameters come by position, as the word, the command's tree and the cursor.
it('registers a completer of a native command, as Microsoft documents it', () => {
  const [register] = parsed(SCRIPT).descendantsOfType('command')
  expect(register?.childForFieldName('command_name')?.text).toBe('Register-ArgumentCompleter')
  const elements = register?.childForFieldName('command_elements')
  const direct = elements?.namedChildren.filter((child) => child?.type === 'command_parameter')
  expect(direct?.map((child) => child?.text)).toEqual(['-Native', '-CommandName', '-ScriptBlock'])
  const [block] = parsed(SCRIPT).descendantsOfType('param_block')
  expect(block && textsOf(block, 'variable')).toEqual(['$wordtocomplete', '$commandast', '$cursorposition'])
  expect(textsOf(parsed(SCRIPT), 'type_spec')).toEqual([
    'regex',
    'system.management.automation.completionresult',
  ])
})

// The less it does, the less there is that nobody has seen working.
it('does nothing but to hand over line and cursor, and to pass on the answer', () => {
  const script = parsed(SCRIPT)
  expect(textsOf(script, 'command_name')).toEqual(['register-argumentcompleter', 'rescale'])
  expect(textsOf(script, 'command')[1]?.trim()).toBe(
    'rescale __complete powershell ($cursorposition - $commandast.extent.startoffset) 2>$null',
  )
  expect(textsOf(script, 'variable').filter((name) => name?.startsWith('$env:'))).toEqual(
    Array(2).fill(`$env:${LINE_VARIABLE.toLowerCase()}`),
  )
  const decisions = [
    'if_statement',
    'switch_statement',
    'foreach_statement',
    'while_statement',
    'for_statement',
  ]
  expect(decisions.flatMap((type) => textsOf(script, type))).toEqual([])
})

/** What the script gives PowerShell for a line, as far as it is not PowerShell: its text, and the cursor in it. */
async function completed(line: string, cursor = line.length) {
  await using command = await aCommandLine()
  await mkdir(command.in('.config/rescale'), { recursive: true })
  await writeFile(
    command.in('.config/rescale/apiconfig'),
    "[my own]\napikey = 1\n[it's]\napikey = 2\n[größe]\napikey = 3\n",
  )
  const { code, stdout, stderr } = await command.call(['__complete', 'powershell', String(cursor)], {
    // PowerShell's text of a command ends with its last word.
    env: { [LINE_VARIABLE]: line.trimEnd() },
  })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => text.split('\t').map(unescaped))
}

/**
 * What comes of the whole of what is typed, by what PowerShell documents of `$commandAst`: the tree of the command that
 * is completed, with its text and where that starts in the line that `$cursorPosition` counts in.
 */
function completedIn(typed: string, cursor = typed.length) {
  const commands = parsed(typed).descendantsOfType('command')
  const ast = commands.findLast((command) => command !== null && command.startIndex <= cursor)
  if (!ast) throw new Error('There is no command')
  return completed(ast.text, cursor - ast.startIndex)
}

it('completes the command that the cursor is in, whatever else is typed', async () => {
  const watch = [['watch', 'watch', expect.any(String)]]
  expect(await completedIn('cd case; rescale jobs wat')).toEqual(watch)
  expect(await completedIn('Get-Date | Out-Null; rescale jobs wat; ls', 37)).toEqual(watch)
  expect(await completedIn('$job = rescale jobs wat')).toEqual(watch)
  expect(await completedIn("& 'C:\\Program Files\\rescale.cmd' jobs wat")).toEqual(watch)
  expect(await completedIn('rescale jobs `\n  wat')).toEqual(watch)
})

it('gets texts to put in, to show and to say', async () => {
  expect(await completed('rescale jobs get ObM')).toEqual([['ObMcJc', 'ObMcJc', 'Completed Estimate of pi']])
  expect((await completed('rescale jobs ')).map(([text]) => text)).toContain('watch')
  expect(await completed('rescale jobs wat --quiet', 16)).toEqual([['watch', 'watch', expect.any(String)]])
  expect(await completed('rescale user --output=nd')).toEqual([Array(3).fill('--output=ndjson')])
  expect(await completed("rescale --profile 'my")).toEqual([["'my own'", 'my own', 'my own']])
  expect(await completed('rescale --profile it')).toEqual([["'it''s'", "it's", "it's"]])
  expect(await completed('rescale --profile gr')).toEqual([["'größe'", 'größe', 'größe']])
  expect(await completed('rescale nonsense ')).toEqual([])
})
