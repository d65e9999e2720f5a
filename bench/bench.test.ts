import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { killChildren, startChild } from './lib/children.ts'
import { replaceBetweenMarkers } from './lib/docs.ts'
import { makeSparseFile, writeTestFile } from './lib/files.ts'
import { parseWrk } from './lib/load.ts'
import {
  cpuSeconds,
  parseSchedstat,
  parseStatusMebibytes,
  processTree,
  residentMebibytes,
} from './lib/process-stats.ts'
import { atLeast, atMost, skipped, verdictOf } from './lib/row.ts'
import { agreedOn } from './lib/ssh-clients.ts'
import { interleave, median, orderOfRound, quantile, ratios } from './lib/statistics.ts'
import { table } from './lib/table.ts'
import { equalRanges } from './lib/transfers.ts'
import { parseOptions } from './options.ts'

describe('statistics', () => {
  it('takes the middle of an odd number of values and the mean of the two middle ones of an even number', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('leaves the values in their order', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })

  it('has a median with as many values below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values)
        const below = values.filter((value) => value < middle).length
        const above = values.filter((value) => value > middle).length
        return below <= values.length / 2 && above <= values.length / 2
      }),
    )
  })

  it('interpolates between the closest ranks', () => {
    expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9)
    expect(quantile([1, 2, 3, 4, 5], 0)).toBe(1)
    expect(quantile([1, 2, 3, 4, 5], 1)).toBe(5)
  })

  it('divides round by round', () => {
    expect(ratios([6, 8], [2, 4])).toEqual([3, 2])
  })
})

describe('interleaving', () => {
  it('turns the order round in every other round', () => {
    expect(orderOfRound(['a', 'b', 'c'], 0)).toEqual(['a', 'b', 'c'])
    expect(orderOfRound(['a', 'b', 'c'], 1)).toEqual(['c', 'b', 'a'])
  })

  it('runs one candidate after the other and keeps the results in the order of the rounds', async () => {
    const calls: string[] = []
    const candidate = (name: string) => async () => {
      calls.push(name)
      return calls.length
    }
    const results = await interleave({ a: candidate('a'), b: candidate('b') }, 3)
    expect(calls.join(' ')).toBe('a b b a a b')
    expect(results).toEqual({ a: [1, 4, 5], b: [2, 3, 6] })
  })
})

describe('process statistics', () => {
  it('reads nanoseconds on a CPU from schedstat', () => {
    expect(parseSchedstat('2500000000 50315 12\n')).toBe(2.5)
    expect(() => parseSchedstat('no numbers')).toThrow('schedstat')
  })

  it('reads resident and peak memory from the status of a process', () => {
    const status = 'Name:\tnode\nVmHWM:\t   43008 kB\nVmRSS:\t   40960 kB\n'
    expect(parseStatusMebibytes(status, 'VmRSS')).toBe(40)
    expect(parseStatusMebibytes(status, 'VmHWM')).toBe(42)
    expect(() => parseStatusMebibytes('Name:\tzombie\n', 'VmRSS')).toThrow('VmRSS')
  })

  it.runIf(process.platform === 'linux')('knows this process and counts the CPU time that it uses', () => {
    expect(processTree(process.pid)).toContain(process.pid)
    expect(residentMebibytes(process.pid)).toBeGreaterThan(1)
    const before = cpuSeconds(process.pid)
    let work = 0
    for (let index = 0; index < 5_000_000; index += 1) work += Math.sqrt(index)
    expect(work).toBeGreaterThan(0)
    expect(cpuSeconds(process.pid)).toBeGreaterThan(before)
  })

  it('counts nothing for a process that has ended', () => {
    const impossible = 2 ** 30
    expect(cpuSeconds(impossible)).toBe(0)
    expect(residentMebibytes(impossible)).toBe(0)
  })
})

describe("wrk's report", () => {
  const report = `Running 2s test @ http://127.0.0.1:8080/
  1 threads and 16 connections
  Latency Distribution
     50%    1.01ms
     75%    1.20ms
     90%    2.00ms
     99%    3.22ms
  27260 requests in 2.00s, 264.51MB read
Requests/sec:  13630.00
`

  it('is read with its percentiles in milliseconds', () => {
    expect(parseWrk(report)).toEqual({
      requests: 27_260,
      failures: 0,
      seconds: 2,
      p50Milliseconds: 1.01,
      p99Milliseconds: 3.22,
    })
    expect(parseWrk(report.replace('1.01ms', '980.00us')).p50Milliseconds).toBeCloseTo(0.98)
  })

  it('counts bad answers and socket errors as failures', () => {
    const bad = `${report}  Socket errors: connect 1, read 2, write 0, timeout 3\n  Non-2xx or 3xx responses: 10\n`
    expect(parseWrk(bad).failures).toBe(16)
  })

  it('is refused when it is something else', () => {
    expect(() => parseWrk('unable to connect')).toThrow('not a report of wrk')
  })
})

describe('verdicts', () => {
  const row = (value: number, goal: ReturnType<typeof atLeast>) => ({
    id: '1',
    measure: 'm',
    goal,
    samples: [value],
    note: '',
  })

  it('are met at the goal, close at the gate and missed beyond it, in the direction of the goal', () => {
    expect([0.95, 0.9, 0.7].map((value) => verdictOf(row(value, atLeast(0.95, 0.8))))).toEqual([
      'met',
      'close',
      'missed',
    ])
    expect([1, 1.4, 1.6].map((value) => verdictOf(row(value, atMost(1, 1.5))))).toEqual([
      'met',
      'close',
      'missed',
    ])
  })

  it('say when nothing was measured or nothing was to be reached', () => {
    expect(verdictOf(skipped('12', 'm', atLeast(1, 0.8), 'nginx is not installed'))).toBe('skipped')
    expect(verdictOf({ ...row(1, atLeast(1, 1)), goal: null })).toBe('–')
  })
})

describe('the table', () => {
  it('shows goal, median, spread and verdict of each row', () => {
    const text = table([
      { id: '8', measure: 'upload', goal: atLeast(0.95, 0.8), samples: [0.9, 1, 1.1], note: 'a | b' },
      skipped('12', 'download', atLeast(1, 0.8), 'nginx is not installed'),
      { id: '11', measure: 'growth', goal: atMost(48, 64, 'MiB'), samples: [50.4], note: '' },
    ])
    const [, rule, first, second, third] = text.split('\n')
    expect(rule).toMatch(/^\| -+ \| -+ \|/)
    expect(first).toMatch(/^\| 8 +\| upload +\| ≥ 0.95x +\| 1.00x \(0.90–1.10\) \| met +\| a \\\| b \|$/)
    expect(second).toMatch(/\| ≥ 1.00x +\| +\| skipped \| nginx is not installed \|$/)
    expect(third).toMatch(/\| ≤ 48 MiB +\| 50 MiB +\| close/)
  })

  it('goes between the markers of the document, again and again', () => {
    const document =
      'before\n<!-- bench:begin (written by npm run bench -- --write-docs) -->\nold\n<!-- bench:end -->\nafter\n'
    const once = replaceBetweenMarkers(document, 'new')
    expect(once).not.toContain('old')
    expect(once).toMatch(/^before\n.*new.*\nafter\n$/s)
    expect(replaceBetweenMarkers(once, 'new')).toBe(once)
    expect(() => replaceBetweenMarkers('no markers', 'new')).toThrow('bench:begin')
  })
})

describe('transfers', () => {
  it('cover a file by equal ranges without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 2 ** 40 }), fc.integer({ min: 1, max: 16 }), (size, count) => {
        const ranges = equalRanges(size, count)
        const joined = ranges.every(
          ([first], part) => first === (part === 0 ? 0 : (ranges[part - 1]?.[1] ?? 0) + 1),
        )
        return joined && ranges.at(-1)?.[1] === size - 1
      }),
    )
  })

  it('use test files of the wanted size, the big ones without taking room', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
    try {
      expect(writeTestFile(join(folder, 'full'), 1_500_000)).toMatch(/^[0-9a-f]{128}$/)
      expect(readFileSync(join(folder, 'full'))).toHaveLength(1_500_000)
      makeSparseFile(join(folder, 'sparse'), 2 ** 32)
      expect(statSync(join(folder, 'sparse')).size).toBe(2 ** 32)
      expect(statSync(join(folder, 'sparse')).blocks).toBeLessThan(1_000)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('what ssh says about a connection', () => {
  it('names the key exchange and the cipher of what comes from the server', () => {
    const log = `debug1: kex: algorithm: curve25519-sha256\r
debug1: kex: host key algorithm: ssh-ed25519\r
debug1: kex: server->client cipher: aes128-ctr MAC: hmac-sha2-256-etm@openssh.com compression: none\r
debug1: kex: client->server cipher: aes256-ctr MAC: umac-64@openssh.com compression: none\r\n`
    expect(agreedOn(log)).toBe('curve25519-sha256, aes128-ctr')
  })

  it('is an error without them', () => {
    expect(() => agreedOn('ssh: connect to host 127.0.0.1 port 1: Connection refused')).toThrow('refused')
  })
})

describe('ending what runs', () => {
  it('ends what a child has started, too', async () => {
    const child = startChild('/bin/sh', ['-c', 'sleep 60 & echo started; wait'])
    await once(child.stdout ?? child, 'data')
    const tree = processTree(child.pid ?? 0)
    const closed = once(child, 'close')
    killChildren()
    // The pipe closes when the last process that holds it has ended.
    expect((await closed)[1]).toBe('SIGKILL')
    expect(tree).toHaveLength(2)
  })
})

describe('options', () => {
  it('name measures separated by commas', () => {
    expect(parseOptions(['--only', 'upload,download', '--quick'])).toMatchObject({
      only: ['upload', 'download'],
      quick: true,
    })
  })

  it('are refused when unknown', () => {
    expect(() => parseOptions(['--fast'])).toThrow('--fast')
  })
})
