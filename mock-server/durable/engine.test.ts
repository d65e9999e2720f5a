import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const root = new URL('../../', import.meta.url)
const decision = readFileSync(new URL('docs/decisions/0013-leveldb-keeps-worlds.md', root), 'utf8')

/** The engines that were measured, the chosen one first: package, version, and a commit in milliseconds. */
const measured = [...decision.matchAll(/^\| `([\w-]+)` (\d+)\.\d+[^|]*\| ([\d.]+) ms/gm)].map(
  ([, name = '', major = '', commit]) => ({ name, major, commit: Number(commit) }),
)

it('is the one that the decision chose on what was measured, and no other', () => {
  const [chosen, ...others] = measured
  expect(others.length).toBeGreaterThanOrEqual(3)
  for (const other of others) expect(other.commit).toBeGreaterThan(chosen?.commit ?? 0)
  const dependencies = Object.entries(packageJson.dependencies)
  const ours = dependencies.filter(([name]) => measured.some((engine) => engine.name === name))
  expect(ours).toEqual([[chosen?.name, expect.stringMatching(new RegExp(`^\\D?${chosen?.major}\\.`))]])
})

it('has binaries of its own for the systems that are supported, and compiles nothing', () => {
  const folder = fileURLToPath(new URL(`node_modules/${measured[0]?.name}/prebuilds`, root))
  expect(existsSync(folder)).toBe(true)
  for (const system of ['linux-x64', 'linux-arm64', 'darwin-', 'win32-x64'])
    expect(readdirSync(folder).filter((name) => name.startsWith(system))).not.toEqual([])
})
