import { build } from 'esbuild'
import { expect, it } from 'vitest'

it('loads nothing of Node’s, nor a transfer, before it is needed', async () => {
  const { metafile } = await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'unused',
    write: false,
    metafile: true,
    external: ['node:*', 'undici', 'yazl', 'ssh2'],
    logLevel: 'silent',
  })
  const { outputs } = metafile
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint?.endsWith('index.ts'))
  const loaded = new Set<string>()
  const visit = (name: string) => {
    if (loaded.has(name)) return
    loaded.add(name)
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') visit(path)
  }
  visit(entry ?? '')
  expect([...loaded].filter((name) => !(name in outputs))).toEqual([])
  const sources = [...loaded].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}))
  expect(
    sources.filter((name) => /undici|yazl|ssh2|clusters\/(?!errors)|upload\.ts|download\.ts/.test(name)),
  ).toEqual([])
})
