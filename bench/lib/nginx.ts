import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { pidOf, recentText, type Server, stopServer } from './servers.ts'

/** nginx with one worker (the product has one process too), serving the files of a folder; null where it is missing. */
export async function startNginx(context: BenchContext, root: string): Promise<Server | null> {
  if (context.tools.nginx === null) return null
  const port = await freePort()
  const prefix = mkdtempSync(join(context.folder, 'nginx-'))
  mkdirSync(join(prefix, 'temp'))
  writeFileSync(join(prefix, 'nginx.conf'), configuration(port, root))
  const child = startChild(context.tools.nginx, ['-p', prefix, '-c', 'nginx.conf', '-e', 'error.log'])
  const errors = recentText(child.stderr)
  child.stdout?.resume()
  const url = `http://127.0.0.1:${port}`
  await answers(url)
  return { url, pid: pidOf(child), headers: {}, stop: () => stopServer(child, errors) }
}

function configuration(port: number, root: string): string {
  // Started by root, the worker would become "nobody", who cannot read the bench's temporary folder.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path temp/${kind};`)
    .join(' ')
  return `${user} daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; ${temporary}
  server { listen 127.0.0.1:${port}; root ${root}; } }
`
}

/**
 * Below 32768, where the ports of outgoing connections begin: between this check and nginx's own bind nobody's client
 * socket can take the port.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    probe.close()
    if (free) return port
  }
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const response = await fetch(url).catch(() => null)
    await response?.body?.cancel()
    if (response !== null) return
    await pause(25)
  }
  throw new Error(`nothing answers at ${url}`)
}
