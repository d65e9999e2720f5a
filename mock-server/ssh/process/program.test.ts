import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { bashPath } from '../login.ts'
import { PipePool } from './pipe-pool.ts'
import { type ProgramOrder, startProgram } from './program.ts'

const order = (command: string): ProgramOrder => ({
  file: bashPath(),
  args: ['-c', command],
  name: 'bash',
  folder: '/',
  environment: { PATH: process.env.PATH ?? '', HOME: '/no/such/home' },
  report: false,
})

let pool: PipePool

afterEach(() => pool.close())

describe.each([
  ['with real pipes', bashPath()],
  ['with sockets, where no pipes can be made', '/no/such/bash'],
])('A program %s', (_title, bash) => {
  test('reads, writes on both outputs, and ends', async () => {
    pool = new PipePool(bash)
    const program = await startProgram(order('cat; echo error >&2; exit 3'), pool)
    program.stdin.write('input\n')
    program.stdin.destroySoon()
    const ends = await Promise.all([text(program.stdout), text(program.stderr), program.ended])
    expect(ends).toEqual(['input\n', 'error\n', 3])
  })

  test('that cannot be started is reported, and leaves nothing open', async () => {
    pool = new PipePool(bash)
    await expect(startProgram({ ...order('true'), folder: '/no/such/folder' }, pool)).rejects.toThrow(
      'ENOENT',
    )
    await expect(startProgram({ ...order('true'), args: ['-c', 'a\0b'] }, pool)).rejects.toThrow('null bytes')
  })
})

describe('A program that is asked to end', () => {
  test('tells the signal that ended it, and a later signal reaches nobody', async () => {
    pool = new PipePool(bashPath())
    const program = await startProgram(order('exec sleep 1000'), pool)
    program.signal('SIGTERM')
    expect(await program.ended).toBe('SIGTERM')
    program.signal('SIGKILL')
    program.stdin.destroy()
    program.stdout.destroy()
    program.stderr.destroy()
  })
})
