import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import type { PlannedFault } from '../../client/control/index.ts'
import { uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

const content = '0123456789'

describeRescale(
  'connections that are reset',
  (target) => {
    it.each([0, 3])('are told from those that end, after %i bytes of a body', async (afterBytes) => {
      const { id } = await uploadedFile(target(), 'digits', content)
      const faults: readonly PlannedFault[] = [
        { operation: 'downloadFile', kind: 'reset', when: 'during', afterBytes },
        { operation: 'downloadFile', kind: 'cut', afterBytes },
      ]
      await target().control.faults.plan(faults)
      const [reset, cut] = [await broken(target(), id), await broken(target(), id)]
      for (const { text } of [reset, cut]) {
        expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*content-length: 10\r\n/is)
        expect(text.split('\r\n\r\n')[1]).toBe(content.slice(0, afterBytes))
      }
      expect([reset.isReset, cut.isReset]).toEqual([true, false])
      await target().control.faults.assertConsumed()
    })

    it('are reset when they are used again after their last answer', async () => {
      const { apiKey, control, origin } = target()
      await control.faults.plan([{ operation: 'getCurrentUser', kind: 'reset', when: 'after' }])
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const headers = { authorization: `Token ${apiKey}` }
      const get = () => httpRequest(`${origin}/api/v2/users/me/`, { agent, headers }).end()
      const [response] = (await once(get(), 'response')) as [IncomingMessage]
      expect(response.statusCode).toBe(200)
      await once(response.resume(), 'end')
      const [error] = (await once(get(), 'error')) as [NodeJS.ErrnoException]
      expect(error.code).toBe('ECONNRESET')
      const [again] = (await once(get(), 'response')) as [IncomingMessage]
      expect(again.resume().statusCode).toBe(200)
      agent.destroy()
      await control.faults.assertConsumed()
    })
  },
  { spoilt: true, express: true, connected: true },
)

/**
 * A download as the wire shows it. libuv tells a reset as an end when it comes together with the last bytes; but to an
 * end that is one, bytes can still be sent, and to a reset not.
 */
async function broken(
  { apiKey, origin }: Target,
  fileId: string,
): Promise<{ text: string; isReset: boolean }> {
  const { host, hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  const over = new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(true))
    socket.once('end', () => socket.write('x', (error) => resolve(Boolean(error))))
  })
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  socket.write(`GET /api/v2/files/${fileId}/contents/ HTTP/1.1\r\nHost: ${host}\r\n`)
  socket.write(`Authorization: Token ${apiKey}\r\n\r\n`)
  const isReset = await over
  socket.destroy()
  return { text, isReset }
}
