import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { failureOf } from '../test-support/client.ts'
import { answered, type Done } from './answered.ts'
import { FileSession } from './file-session.ts'

const lost = () => new Error('lost')

it.each<[string, (done: Done<string>) => unknown, unknown]>([
  ['is answered', (done) => done(undefined, 'yes'), 'yes'],
  ['is answered by an error', (done) => done(new Error('no'), ''), 'no'],
  [
    'cannot even be asked',
    () => {
      throw new Error('not connected')
    },
    'not connected',
  ],
])('waits no longer for the end of a connection once a question %s', async (_, ask, outcome) => {
  const connection = new EventEmitter()
  const answer = answered(connection, lost, ask)
  expect(await answer.catch((error: Error) => error.message)).toBe(outcome)
  expect(connection.listenerCount('close')).toBe(0)
})

it('tells whoever waits for an answer that the connection was lost', async () => {
  const connection = new EventEmitter()
  const answer = answered(connection, lost, () => {})
  connection.emit('close')
  expect((await failureOf(answer)).message).toBe('lost')
})

it('asks nothing of a file session that has ended', async () => {
  const sftp = new EventEmitter()
  const session = new FileSession(sftp as never)
  sftp.emit('close')
  const asked = session.ask(() => expect.unreachable())
  expect((await failureOf(asked)).message).toBe('the file session ended')
})
