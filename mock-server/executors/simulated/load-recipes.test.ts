import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anAnalysis, anOrder } from '../testing/orders.ts'
import { aTemporaryFolder } from '../testing/workshop.ts'
import { loadRecipes } from './load-recipes.ts'

function aFile(name: string, text: string): string {
  const path = join(aTemporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

const order = anOrder(anAnalysis('simpleFoam -parallel', { analysisCode: 'openfoam_plus' }), {
  jobName: 'wing 7',
})

describe('recipes in JSON', () => {
  it('match by command, job name and analysis', async () => {
    const matches = [
      { command: 'simpleFoam' },
      { jobName: '^wing \\d' },
      { analysis: 'openfoam_plus' },
      { command: 'simple', jobName: 'wing', analysis: 'openfoam_plus' },
      {},
      { command: '^Foam' },
      { command: 'simpleFoam', jobName: 'fuselage' },
      { analysis: 'openfoam' },
    ]
    const path = aFile(
      'recipes.json',
      JSON.stringify({ recipes: matches.map((match) => ({ match, exitCode: 1 })) }),
    )
    const recipes = await loadRecipes(path)
    expect(recipes.map((recipe) => recipe.matches(order))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('say what happens', async () => {
    const outcome = {
      duration: '5 min',
      exitCode: 9,
      log: ['a', { after: '1s', text: 'b' }],
      files: [{ path: 'f', size: '1 MB' }],
    }
    const [recipe] = await loadRecipes(
      aFile('r.json', JSON.stringify([{ name: 'mine', match: {}, ...outcome }])),
    )
    expect(recipe?.name).toBe('mine')
    expect(recipe?.plan(order)).toEqual(outcome)
  })

  it.each([
    ['{', 'is not JSON'],
    ['{"recipe": []}', 'is not a list'],
    ['[{}]', 'recipes[0].match: nothing is not an object'],
    [
      '[{"match": {"comand": "x"}}]',
      'recipes[0].match: there is no "comand"; known are command, jobName, analysis',
    ],
    ['[{"match": {"command": "("}}]', 'recipes[0].match.command: not a regular expression'],
    [
      '[{"match": {}, "duration": 90}]',
      'recipes[0].duration: 90 is not a duration such as "90s", "5 min" or "1.5h"',
    ],
    [
      '[{"match": {}, "ending": "explodes"}]',
      'recipes[0].ending: There is no ending "explodes". Choose one of success, failed,',
    ],
    ['[{"match": {}, "exitCode": 256}]', 'recipes[0].exitCode: 256 is not an exit code from 0 to 255'],
    ['[{"match": {}, "log": "x"}]', 'recipes[0].log: "x" is not a list'],
    ['[{"match": {}}, {"match": {}, "log": [{"text": 1}]}]', 'recipes[1].log[0].text: 1 is not a text'],
    [
      '[{"match": {}, "files": [{"path": "../x", "content": ""}]}]',
      'recipes[0].files[0].path: "../x" is not a path inside',
    ],
    ['[{"match": {}, "files": [{"path": "process_output.log", "content": ""}]}]', 'or is the log'],
    ['[{"match": {}, "files": [{"path": "x"}]}]', 'recipes[0].files[0]: needs either a content or a size'],
    [
      '[{"match": {}, "files": [{"path": "x", "size": "2 TB"}]}]',
      'is not a size such as 1024, "64 KiB" or "10 MB"',
    ],
    ['[{"match": {}, "files": [{"path": "x", "size": "1 GiB"}]}]', 'is more than simulated files may have'],
  ])('%s is refused with a reason', async (text, reason) => {
    await expect(loadRecipes(aFile('r.json', text))).rejects.toThrow(reason)
  })

  it('that cannot be found are named', async () => {
    await expect(loadRecipes('/none/recipes.json')).rejects.toThrow('/none/recipes.json: cannot be read')
  })
})

describe('recipes in a module', () => {
  it('are functions or data', async () => {
    const text = `export const recipes = [
      { name: 'f', matches: (order) => order.coresPerSlot === 2, plan: (order) => ({ log: [order.jobName] }) },
      { match: { analysis: 'abaqus' }, exitCode: 1 },
    ]`
    const recipes = await loadRecipes(aFile('r.mjs', text))
    expect(recipes.map((recipe) => recipe.matches(order))).toEqual([true, false])
    expect(recipes[0]?.plan(order)).toEqual({ log: ['wing 7'] })
  })

  it('may be its default export', async () => {
    expect(await loadRecipes(aFile('d.mjs', 'export default []'))).toEqual([])
  })

  it('that is broken or halfway is refused with a reason', async () => {
    await expect(loadRecipes(aFile('b.mjs', 'export default ['))).rejects.toThrow('cannot be loaded')
    await expect(loadRecipes(aFile('h.mjs', 'export default [{ matches() {} }]'))).rejects.toThrow(
      'recipes[0]: plan is nothing, not a function',
    )
  })
})
