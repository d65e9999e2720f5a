import { expect, it } from 'vitest'
import { uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const text = '0123456789'

describeRescale('ranges of a file', (target) => {
  const contents = async (headers: Record<string, string>, init: RequestInit = {}) => {
    const file = await uploadedFile(target(), 'digits.bin', text)
    return target().fetch(`/api/v2/files/${file.id}/contents/`, { ...init, headers })
  }

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    // The tutorial's last range ends two bytes behind the file (NB 75).
    ['bytes=8-11', '89', 'bytes 8-9/10'],
    ['bytes=0-11', text, 'bytes 0-9/10'],
  ])('answer %s with %s', async (range, expected, contentRange) => {
    const response = await contents({ range })
    expect([response.status, response.headers.get('content-range')]).toEqual([206, contentRange])
    expect(await response.text()).toBe(expected)
  })

  it.each(['bytes=10-', 'bytes=20-30'])('cannot satisfy %s', async (range) => {
    const response = await contents({ range })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  it.each(['bytes=x', 'lines=1-2', 'bytes=4-2'])('ignore %s', async (range) => {
    const response = await contents({ range })
    expect([response.status, await response.text()]).toEqual([200, text])
  })

  it('come several in one answer', async () => {
    const response = await contents({ range: 'bytes=0-1,-2' })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-type')).toMatch(/^multipart\/byteranges; boundary=/)
    const body = await response.text()
    expect(body).toContain('Content-Range: bytes 0-1/10')
    expect(body).toContain('Content-Range: bytes 8-9/10')
  })

  it('hold only for the content that is meant', async () => {
    const fresh = await contents({})
    const etag = fresh.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"/)
    expect((await contents({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
    expect((await contents({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
    expect((await contents({ 'if-none-match': etag })).status).toBe(304)
  })

  it('are told by HEAD without a body', async () => {
    const response = await contents({}, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('10')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(await response.text()).toBe('')
  })
})
