// The client for browsers: without transfers, clusters and what works on local files.

/** What is only there in Node, by where it lies; each is imported when it is called. */
const nodeOnly = /^\.\.?\/(.*\/)?(transfer|clusters)\/|apiconfig-writer|^(undici|ssh2)$/

const stub = `throw new Error('Transfers, clusters and local files need Node.js: this is the client for browsers')`

/** Puts an error in the place of what needs Node: it comes when that is called. */
const withoutNodeParts = {
  name: 'without-node-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: nodeOnly }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'needs-node' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'needs-node' }, () => ({ contents: stub, loader: 'js' }))
  },
}

/** Options for esbuild; `openapi-fetch` is bundled in, so that the file needs nothing. */
export const browserClient = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [withoutNodeParts],
}
