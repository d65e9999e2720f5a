import { second } from '../../domain/instant.ts'
import type { ProgramResult } from './program.ts'
import type { SimulatedShell } from './simulated-shell.ts'

/** Seconds that a pretended program takes at least, and at most beyond. */
const leastSeconds = 20
const spreadSeconds = 60

const reports = 8

/** A program that we do not have: it says so, shows residuals that fall, and succeeds. */
export function pretend(shell: SimulatedShell, name: string): ProgramResult {
  const duration = Math.round((leastSeconds + spreadSeconds * shell.random()) * second)
  const progress = [{ after: 0, text: `LocalScale: simulated, nothing is computed: ${name}` }]
  let residual = 1
  for (let report = 1; report <= reports; report += 1) {
    residual /= 10 ** (0.4 + 0.2 * shell.random())
    const text = `iteration ${String(report * 50).padStart(4)}  residual ${residual.toExponential(3)}`
    progress.push({ after: Math.round((duration * report) / (reports + 1)), text })
  }
  return { exitCode: 0, output: '', progress, duration }
}
