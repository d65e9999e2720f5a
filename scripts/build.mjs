// Builds dist/: the library entries, the command lines, type declarations and the bundled description.
import { spawn } from 'node:child_process'
import { chmod, copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { browserClient } from './browser-client.mjs'

const sources = [
  ...['mock-server', 'client', 'openapi', 'examples', 'scripts', 'package.json'],
  ...['contract-tests/cli', 'contract-tests/harness', 'contract-tests/scenarios'],
]

/** When the file, or any below the folder, was last changed; 0 where there is none. */
async function changedAt(path) {
  const found = await stat(path).catch(() => null)
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(path)
  return Math.max(0, ...(await Promise.all(names.map((name) => changedAt(join(path, name))))))
}

// npm prepares a package whenever it links it, npx in a checkout included: then there is mostly nothing to do.
if (process.argv.includes('--if-stale')) {
  const built = await changedAt('dist/openapi.json')
  if (built > Math.max(...(await Promise.all(sources.map(changedAt))))) process.exit(0)
}

const common = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: false,
  logLevel: 'warning',
  legalComments: 'none',
}

/** Heavy packages stay outside the command lines' bundle: each is imported only when it is used. */
const loadedWhenUsed = [
  '@faker-js/faker',
  'classic-level',
  'msw',
  'selfsigned',
  'ssh2',
  'undici',
  'yauzl',
  'yazl',
  'tar',
]

// Before any build begins, as each writes as soon as it is done.
await rm('dist', { recursive: true, force: true })
await mkdir('dist', { recursive: true })

const library = build({
  ...common,
  packages: 'external',
  entryPoints: {
    'mock-server/index': 'mock-server/index.ts',
    'mock-server/msw': 'mock-server/msw.ts',
    'mock-server/express': 'mock-server/express.ts',
    'client/index': 'client/index.ts',
    'client/control/index': 'client/control/index.ts',
    'contract/index': 'contract-tests/harness/index.ts',
  },
  outdir: 'dist/lib',
})

const browser = build({
  ...browserClient,
  // In one file, what is imported when it is called would keep what it shares with the rest in every bundle of it.
  splitting: true,
  entryPoints: { 'client/browser': 'client/index.ts' },
  chunkNames: 'client/browser/[name]-[hash]',
  outdir: 'dist/lib',
})

// Express is bundled in: reading one file instead of a hundred makes the first write answer twice as fast.
const commandLines = build({
  ...common,
  entryPoints: { localscale: 'mock-server/main.ts', tutorial: 'examples/tutorial/main.ts' },
  outdir: 'dist/cli',
  external: loadedWhenUsed.flatMap((name) => [name, `${name}/*`]),
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  minifyWhitespace: true,
})

/** Commander loads it for subcommands that are programs of their own; there are none, and it costs two milliseconds. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'no-child-process', namespace: 'stub' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
  },
}

/** `rescale --help` shows the nouns and loads none of them, nor commander; all else is in a file of its own. */
const commandsApart = {
  name: 'commands-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/run\.ts$/ }, ({ importer }) =>
      importer.endsWith('main.ts') ? { path: './rescale-run.cjs', external: true } : undefined,
    )
    onResolve({ filter: /\/commands\// }, ({ importer, path }) =>
      importer.endsWith('nouns.ts') ? { path, external: true } : undefined,
    )
  },
}

// CommonJS: Node 20 takes two thirds of a millisecond for each ES module it opens, and as long again to compile one
// whole; functions of these files are compiled when they are called (docs/decisions, on start-up).
const rescaleCommon = {
  ...common,
  splitting: false,
  format: 'cjs',
  outdir: 'dist/cli',
  outExtension: { '.js': '.cjs' },
  external: loadedWhenUsed.flatMap((name) => [name, `${name}/*`]),
  minify: true,
  // As `require`: `import` reads a CommonJS file for the names it exports, which takes longer than to run it.
  supported: { 'dynamic-import': false },
}
const rescaleCommand = Promise.all([
  build({
    ...rescaleCommon,
    entryPoints: { rescale: 'client/cli/main.ts' },
    plugins: [commandsApart],
  }),
  build({
    ...rescaleCommon,
    entryPoints: { 'rescale-run': 'client/cli/run.ts' },
    plugins: [withoutChildProcess],
  }),
])

const run = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    )
  })

await Promise.all([
  library,
  browser,
  commandLines,
  rescaleCommand,
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json']),
])
await copyFile('openapi/generated/rescale.json', 'dist/openapi.json')
await copyFile('openapi/generated/mock-control.json', 'dist/mock-control.json')
// tsc does not emit declarations that are written by hand or by a generator.
await mkdir('dist/types/openapi/generated', { recursive: true })
for (const name of ['schema.d.ts', 'control-schema.d.ts'])
  await copyFile(`openapi/generated/${name}`, `dist/types/openapi/generated/${name}`)
for (const name of await readdir('dist/cli')) {
  if (['localscale.js', 'rescale.cjs', 'tutorial.js'].includes(name)) await chmod(`dist/cli/${name}`, 0o755)
}
