import { createRequire } from 'node:module'
import { Language, type Node, Parser } from '@vscode/tree-sitter-wasm'
import { beforeAll, expect, it } from 'vitest'
import { SCRIPTS } from '../../client/cli/completion/shells.ts'

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
  ['a quote that is not closed', SCRIPT.replace(`'""'`, `'""`)],
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
  expect(textsOf(parsed(SCRIPT), 'type_spec')).toEqual(['system.management.automation.completionresult'])
})
