import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LogExits } from './log-exits.ts'
import { parseProcessLog, withoutTime } from './process-log.ts'

const at = (text: string) => `[2023-09-01T12:00:00Z]: ${text}\n`

it('takes a log of two analyses apart', () => {
  const lines = [
    at(
      'Launching python3 calculate_pi.py range.inp, Working dir: /enc/uprod_jvSjFc/work.  Process output follows:',
    ),
    at('Exited with code 7'),
    at('pi is 3.14'),
    at('Exited with code 0'),
    at(''),
    at('Launching a, b, Working dir: /enc/uprod_jvSjFc/work/shared.  Process output follows:'),
    at("python3: can't open file"),
    at('Exited with code 2'),
    at(''),
  ]
  expect(parseProcessLog(lines)).toEqual([
    {
      command: 'python3 calculate_pi.py range.inp',
      workingDir: '/enc/uprod_jvSjFc/work',
      output: ['Exited with code 7', 'pi is 3.14'],
      exitCode: 0,
    },
    {
      command: 'a, b',
      workingDir: '/enc/uprod_jvSjFc/work/shared',
      output: ["python3: can't open file"],
      exitCode: 2,
    },
  ])
})

it('takes a command of several lines for one', () => {
  const lines = [
    at('Launching cd case'),
    at('./Allrun, Working dir: /w.  Process output follows:'),
    at('Launching missiles'),
    at('Exited with code 3'),
    at(''),
    at('Launching b, Working dir: /w.  Process output follows:'),
    at('Launching more'),
  ]
  expect(parseProcessLog(lines)).toEqual([
    { command: 'cd case\n./Allrun', workingDir: '/w', output: ['Launching missiles'], exitCode: 3 },
    { command: 'b', workingDir: '/w', output: ['Launching more'], exitCode: undefined },
  ])
})

it('knows no exit code of a command that is not over', () => {
  const lines = [at('Launching sleep inf, Working dir: /w.  Process output follows:'), at('waiting')]
  expect(parseProcessLog(lines)).toEqual([
    { command: 'sleep inf', workingDir: '/w', output: ['waiting'], exitCode: undefined },
  ])
})

it('reads nothing into a file that is no such log', () => {
  expect(parseProcessLog(['hello\n', 'Exited with code 0\n'])).toEqual([])
  expect(withoutTime(at('text').replace('\n', '\r\n'))).toBe('text')
})

it('finds the exit codes line by line that it finds in the whole', () => {
  const line = fc.constantFrom(
    'Launching a, Working dir: /x.  Process output follows:',
    'Launching a \\',
    'b, Working dir: /x.  Process output follows:',
    'Launching a.  Process output follows:',
    'c.  Process output follows:',
    'Exited with code 0',
    'Exited with code 3',
    'pi is 3.14',
  )
  fc.assert(
    fc.property(fc.array(line), (texts) => {
      const lines = texts.map((text) => `[2026-01-01T00:00:00Z]: ${text}\n`)
      const exits = new LogExits()
      for (const one of lines) exits.add(one)
      const whole = parseProcessLog(lines).map(({ exitCode }) => ({ exitCode }))
      expect(exits.end()).toEqual(whole)
    }),
  )
})
