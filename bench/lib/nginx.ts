import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { answers, freePort } from './ports.ts'
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
