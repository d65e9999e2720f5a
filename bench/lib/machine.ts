import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { gibibyte } from './context.ts'
import type { Tools } from './tools.ts'

/** Where and on what a run was made; without it no number of it means anything. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memory: string
  readonly kernel: string
  readonly node: string
  readonly commit: string
  readonly tools: string
}

export function describeMachine(tools: Tools): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: cpus().length,
    memory: `${(totalmem() / gibibyte).toFixed(0)} GiB`,
    kernel: `Linux ${release()}`,
    node: process.version,
    commit: commit(),
    tools: Object.entries(tools)
      .map(([name, path]) => (path === null ? `no ${name}` : name))
      .join(', '),
  }
}

export function machineLine(machine: Machine): string {
  const { cpu, cores, memory, kernel, node, commit, tools } = machine
  return `${cpu}, ${cores} cores, ${memory}, ${kernel}, Node ${node}, commit ${commit}; ${tools}`
}

/** Load average and share of the last minute in which something waited for a CPU. */
export function loadLine(): string {
  const pressure = /some .*avg60=([\d.]+)/.exec(readOr('/proc/pressure/cpu', ''))?.[1]
  const waiting = pressure === undefined ? '' : `, CPU pressure ${pressure} %`
  return `load average ${loadavg()[0]?.toFixed(2)}${waiting}`
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim()
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : ' with changes')
  } catch {
    return 'unknown'
  }
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return fallback
  }
}
