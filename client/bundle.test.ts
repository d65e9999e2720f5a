import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { browserClient } from '../scripts/browser-client.mjs'

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
    external: ['node:*', 'undici', 'ssh2'],
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
    sources.filter((name) => /undici|ssh2|clusters\/(?!errors)|upload\.ts|download\.ts/.test(name)),
  ).toEqual([])
})

async function browserBundle(code: string): Promise<string> {
  const stdin = { contents: code, resolveDir: import.meta.dirname, loader: 'ts' as const }
  // A package with "sideEffects": false, as this one is, whatever its files are imported from.
  const options = { ...browserClient, stdin, write: false as const, format: 'iife' as const, minify: true }
  const { outputFiles } = await build(options)
  return outputFiles?.[0]?.text ?? ''
}

it('works in a browser, where transfers say that they need Node', async () => {
  const code = `
    import { createClient } from './index.ts'
    const answer = { email: 'me@example.org' }
    const client = createClient({
      baseUrl: 'https://rescale.invalid',
      apiKey: 'a'.repeat(40),
      fetch: async () => Response.json(answer),
    })
    globalThis.done = (async () => {
      const { email } = await client.user.get()
      const failure = await client.files.upload(new Uint8Array(3), { name: 'x' }).catch((error) => error.message)
      return { email, failure }
    })()
  `
  const { Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal } = globalThis
  const page = {
    ...{ Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal },
    ...{ TextEncoder, TextDecoder, setTimeout, clearTimeout, crypto: globalThis.crypto, performance },
    done: Promise.resolve({}),
  }
  runInNewContext(await browserBundle(code), page)
  const { email, failure } = (await page.done) as { email?: string; failure?: string }
  expect(email).toBe('me@example.org')
  expect(failure).toContain('need Node.js')
})

it('leaves out of a bundle what is not used', async () => {
  const all = await browserBundle("import * as all from './index.ts'; console.log(all)")
  const little = await browserBundle(
    "import { parseDate } from './index.ts'; console.log(parseDate('2026-01-01'))",
  )
  expect(little).not.toContain('X-Client-Request-Id')
  expect(little.length).toBeLessThan(all.length / 10)
})
