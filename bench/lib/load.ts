import { runChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { cpuSeconds } from './process-stats.ts'
import type { Server } from './servers.ts'
import { pinned } from './tools.ts'

/** What a slice of load did to a server. */
export interface LoadResult {
  readonly requests: number
  /** The metric that counts: other work on the machine stretches wall time, but hardly this. */
  readonly cpuMicrosecondsPerRequest: number
  readonly requestsPerSecond: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
}

export interface Load {
  readonly path: string
  readonly seconds: number
  readonly connections?: number
  /** As many queries in turn, which differ in a parameter that nobody reads. */
  readonly variety?: number
}

interface GeneratorReport {
  readonly requests: number
  readonly failures: number
  readonly seconds: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
}

/** Keeps `connections` connections busy with one GET for some seconds, from a process of its own. */
export async function load(context: BenchContext, server: Server, load: Load): Promise<LoadResult> {
  const before = cpuSeconds(server.pid)
  const report = await generate(context, server, load)
  const cpu = cpuSeconds(server.pid) - before
  if (report.requests === 0) throw new Error(`no answer of ${load.path} came in ${load.seconds} s`)
  if (report.failures > 0)
    throw new Error(`${report.failures} of ${report.requests} answers of ${load.path} were not 200`)
  return {
    requests: report.requests,
    cpuMicrosecondsPerRequest: (cpu * 1e6) / report.requests,
    requestsPerSecond: report.requests / report.seconds,
    p50Milliseconds: report.p50Milliseconds,
    p99Milliseconds: report.p99Milliseconds,
  }
}

async function generate(context: BenchContext, server: Server, load: Load): Promise<GeneratorReport> {
  const { connections = 16, seconds, variety = 1 } = load
  const url = server.url + load.path
  if (context.tools.wrk !== null) {
    const headers = Object.entries(server.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
    // wrk counts in whole seconds.
    const time = Math.max(1, Math.round(seconds))
    const script = variety > 1 ? ['-s', new URL('vary-query.lua', import.meta.url).pathname] : []
    const args = ['-t1', `-c${connections}`, `-d${time}s`, '--latency', ...script, ...headers, url]
    if (variety > 1) args.push('--', String(variety))
    return parseWrk(await runChild(...pinned(context.tools, 1, context.tools.wrk, args)))
  }
  const generator = new URL('load-generator.mjs', import.meta.url).pathname
  const order = JSON.stringify({ url, headers: server.headers, connections, seconds, variety })
  const output = await runChild(...pinned(context.tools, 1, process.execPath, [generator, order]))
  return JSON.parse(output) as GeneratorReport
}

/** wrk's report for humans; it has no other. */
export function parseWrk(output: string): GeneratorReport {
  const [, requests, seconds] = /(\d+) requests in ([\d.]+\w+),/.exec(output) ?? []
  if (requests === undefined || seconds === undefined) throw new Error(`not a report of wrk: ${output}`)
  const failures = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? '0'
  return {
    requests: Number(requests),
    failures: Number(failures) + socketErrors(output),
    seconds: wrkMilliseconds(seconds) / 1000,
    p50Milliseconds: wrkMilliseconds(/^\s+50%\s+(\S+)$/m.exec(output)?.[1] ?? ''),
    p99Milliseconds: wrkMilliseconds(/^\s+99%\s+(\S+)$/m.exec(output)?.[1] ?? ''),
  }
}

function socketErrors(output: string): number {
  const line = /Socket errors: (.*)$/m.exec(output)?.[1] ?? ''
  return [...line.matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0)
}

const millisecondsPerUnit = { us: 0.001, ms: 1, s: 1_000, m: 60_000 } as const

function wrkMilliseconds(text: string): number {
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text) ?? []
  if (number === undefined) throw new Error(`not a time of wrk: "${text}"`)
  return Number(number) * millisecondsPerUnit[unit as keyof typeof millisecondsPerUnit]
}
