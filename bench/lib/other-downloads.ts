import { rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { runChild } from './children.ts'
import type { Server } from './servers.ts'

/** A download by another program than the client. */
export interface OtherDownload {
  readonly server: Server
  /** Of the file's metadata, without the slash at its end. */
  readonly path: string
  readonly target: string
  readonly connections: number
}

/**
 * `aria2c -x`, its time taken from start to end: its own start takes some 20 ms. With `sha512` it checks the file, after
 * it has downloaded it.
 */
export async function aria2Download(
  aria2c: string,
  download: OtherDownload,
  sha512?: string,
): Promise<number> {
  const { server, path, target, connections } = download
  const headers = Object.entries(server.headers).map(([name, value]) => `--header=${name}: ${value}`)
  const check = sha512 === undefined ? [] : [`--checksum=sha-512=${sha512}`]
  const many = [`-x${connections}`, `-s${connections}`, '-k1M']
  const quiet = ['--no-conf', '-q', '--file-allocation=none', '--allow-overwrite=true']
  const to = ['-d', dirname(target), '-o', basename(target)]
  const begin = performance.now()
  await runChild(aria2c, [...quiet, ...many, ...to, ...headers, ...check, `${server.url}${path}/contents/`])
  return (performance.now() - begin) / 1000
}

/** A script after the tutorial's method, its time without the start of Python. */
export async function tutorialDownload(python: string, download: OtherDownload): Promise<number> {
  const { server, path, target, connections } = download
  const script = new URL('../clients/tutorial_download.py', import.meta.url).pathname
  const order = { url: server.url + path, headers: server.headers, to: target, connections }
  const output = await runChild(python, [script, JSON.stringify(order)])
  for (let part = 0; part < connections; part++) rmSync(join(dirname(target), `${basename(target)}.${part}`))
  return (JSON.parse(output) as { seconds: number }).seconds
}
