import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { ensureBuilt, localscale } from '../programs/built-cli.ts'

let folder = ''
beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-options-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const documented = [
  ...[
    'port',
    'host',
    'ssh-port',
    'authorized-key',
    'data-dir',
    'pace',
    'executor',
    'recipes',
    'seed',
    'api-key',
  ],
  ...['public-url', 'quirks', 'no-endings-in-names', 'check-answers', 'write-profile', 'ready-json'],
  ...['isolation', 'throttling', 'no-journal', 'start-at'],
]

describe('options of serve', () => {
  it('are all explained by --help', async () => {
    const { code, stdout } = await localscale(['serve', '--help'])
    expect(code).toBe(0)
    for (const option of documented) expect(stdout).toMatch(new RegExp(`^ +--${option}\\b.*\\w`, 'm'))
  })

  it('come with a version', async () => {
    const { code, stdout } = await localscale(['--version'])
    expect([code, stdout.trim()]).toEqual([0, packageJson.version])
  })

  it('are shown when nothing is asked for, and pointed to when one is not known, or the command is not', async () => {
    for (const args of [['serve', '--colour'], ['serve', 'extra'], ['server'], []]) {
      const { code, stdout, stderr } = await localscale(args)
      expect([args, code === 0, stdout]).toEqual([args, false, ''])
      // A mistake is the last thing to be read; the help would push it out of sight.
      expect(stderr).toMatch(args.length === 0 ? /^Usage: localscale/m : /^error: (?:.*\n){1,2}Add --help/m)
      expect(stderr).not.toMatch(/^ +at /m)
    }
  })

  it.each([
    [['--port', '70000'], /port is a number from 0 to 65535/],
    [['--port', '-1'], /port/],
    [['--port', '80x'], /port is a number/],
    [['--ssh-port', 'ssh'], /port is a number/],
    [['--authorized-key', '/no/such/key.pub'], /\/no\/such\/key\.pub/],
    [['--authorized-key', 'FOLDER/broken.json'], /broken\.json/],
    [['--pace', 'fast'], /real, 60x/],
    [['--executor', 'docker'], /simulated, shell/],
    [['--api-key', 'ABC'], /40 lower-case hexadecimal/],
    [['--quirks', 'all'], /observed, announced/],
    [['--public-url', 'mock.example'], /--public-url.*http/s],
    [['--public-url', 'ftp://mock.example'], /--public-url.*http/s],
    [['--write-profile', ''], /profile/],
    [['--write-profile', 'DEFAULT'], /profile/],
    [['--executor', 'shell', '--host', '0.0.0.0'], /--executor shell .*loopback --host, not 0\.0\.0\.0/],
    [['--executor', 'shell', '--host', '::'], /loopback --host, not ::/],
    [['--executor', 'shell', '--host', 'example.com'], /loopback --host, not example\.com/],
    [['--host', '203.0.113.1'], /203\.0\.113\.1/],
    [['--recipes', '/no/such/recipes.json'], /\/no\/such\/recipes\.json/],
    [['--recipes', 'FOLDER/broken.json'], /broken\.json/],
    [['--data-dir', 'FOLDER/a-file'], /a-file: .*another --data-dir/],
    [['--data-dir', 'FOLDER/a-file/below'], /a-file\/below: not a directory.*another --data-dir/],
  ])('%j ends with a message and no stack', async (args, message) => {
    await writeFile(join(folder, 'broken.json'), '{')
    await writeFile(join(folder, 'a-file'), '')
    const given = args.map((argument) => argument.replace('FOLDER', folder))
    const { code, stdout, stderr } = await localscale(['serve', '--port', '0', ...given], { HOME: folder })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})
