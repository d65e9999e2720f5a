import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { type BuildResult, build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itWith } from '../../client/test-support/programs.ts'
import { ensureBuilt, projectFolder } from './built-cli.ts'

/** What a page of a user does: a request, and an upload, which needs Node. */
const PAGE = `
import { createClient } from 'localscale/client'
const client = createClient({
  baseUrl: 'https://rescale.invalid',
  apiKey: 'a'.repeat(40),
  fetch: async () => Response.json({ email: 'me@example.org' }),
})
globalThis.done = (async () => {
  const { email } = await client.user.get()
  const failure = await client.files.upload(new Uint8Array(3), { name: 'x' }).catch((error) => error.message)
  return email + ': ' + failure
})()
`

describe('localscale/client, found by a bundler for browsers through the package’s exports', () => {
  let folder: string
  let bundle: BuildResult<{ metafile: true; write: false }>

  beforeAll(async () => {
    await ensureBuilt()
    folder = await mkdtemp(join(tmpdir(), 'localscale-bundle-'))
    await mkdir(join(folder, 'node_modules'))
    await symlink(projectFolder, join(folder, 'node_modules/localscale'), 'junction')
    await writeFile(join(folder, 'page.js'), PAGE)
    // Nothing is left outside: an import of Node's is an error here, as it is for users.
    bundle = await build({
      entryPoints: [join(folder, 'page.js')],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const code = () => bundle.outputFiles[0]?.text ?? ''

  it('is what is there for browsers, and nothing else', () => {
    const inputs = Object.keys(bundle.metafile.inputs).map((path) =>
      relative(projectFolder, join(process.cwd(), path)),
    )
    const isForBrowsers = (path: string) => path.startsWith('dist/lib/client/browser')
    expect(inputs.filter((path) => !path.endsWith('page.js') && !isForBrowsers(path))).toEqual([])
    expect(inputs).toContain('dist/lib/client/browser.js')
  })

  it('is left out where it is not used', async () => {
    const bundled = async (contents: string) => {
      const stdin = { contents, resolveDir: folder }
      const platform = 'browser' as const
      const { outputFiles } = await build({ stdin, platform, bundle: true, minify: true, write: false })
      return outputFiles[0]?.text ?? ''
    }
    const all = await bundled("import * as all from 'localscale/client'; console.log(all)")
    const little = await bundled(
      "import { parseDate } from 'localscale/client'; console.log(parseDate('2026'))",
    )
    expect(little).not.toContain('X-Client-Request-Id')
    expect(little.length).toBeLessThan(all.length / 20)
  })

  it('imports nothing, of Node’s or else', () => {
    const imported = Object.values(bundle.metafile.inputs).flatMap(({ imports }) => imports)
    const isForBrowsers = (path: string) => path.includes('dist/lib/client/browser')
    expect(imported.map(({ path }) => path).filter((path) => !isForBrowsers(path))).toEqual([])
    const required = [...code().matchAll(/\b(?:require|import)\(["']([^"']+)["']\)/g)].map(([, name]) => name)
    expect(required.filter((name = '') => name.startsWith('node:') || builtinModules.includes(name))).toEqual(
      [],
    )
  })

  it('makes requests where there is no process, no Buffer and no require', async () => {
    const { Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal } = globalThis
    const page = {
      ...{ Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal },
      ...{ TextEncoder, TextDecoder, setTimeout, clearTimeout, crypto: globalThis.crypto, performance },
      done: Promise.resolve(''),
    }
    runInNewContext(code(), page)
    expect(await page.done).toMatch(/^me@example\.org: .*need Node\.js/)
  })

  itWith('chromium')('makes requests in a browser', async () => {
    const html = `<!doctype html><meta charset="utf-8"><pre id="said"></pre><script>${code().replaceAll('</script', '<\\/script')}
      done.catch(String).then((text) => { document.getElementById('said').textContent = text })</script>`
    await writeFile(join(folder, 'page.html'), html)
    const { stdout } = await promisify(execFile)('chromium', [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=10000'],
      ...[`--user-data-dir=${join(folder, 'browser')}`, '--dump-dom', `file://${join(folder, 'page.html')}`],
    ])
    expect(stdout).toMatch(/<pre id="said">me@example\.org: .*need Node\.js/)
  })
})
