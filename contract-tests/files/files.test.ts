import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const sha512 = (bytes: string | Uint8Array): string => createHash('sha512').update(bytes).digest('hex')

describeRescale('files', (target) => {
  it('come back byte for byte, with their SHA-512', async () => {
    const bytes = new Uint8Array(300_000).map((_, index) => (index * 31) % 251)
    const file = await uploadedFile(target(), 'data.bin', bytes)
    expect(file).toMatchObject({ name: 'data.bin', typeId: 1, decryptedSize: bytes.length, isUploaded: true })
    expect(file.fileChecksums).toEqual([{ hashFunction: 'sha512', fileHash: sha512(bytes) }])
    expect(file.downloadUrl).toBe(`${target().origin}/api/v2/files/${file.id}/contents/`)
    const response = await target().fetch(`/api/v2/files/${file.id}/contents/`)
    expect(response.status).toBe(200)
    expect(sha512(new Uint8Array(await response.arrayBuffer()))).toBe(sha512(bytes))
  })

  it('answer an upload as text/plain', async () => {
    const form = new FormData()
    form.append('file', new Blob(['x']), 'x.txt')
    const response = await target().fetch('/api/v2/files/contents/', { method: 'PUT', body: form })
    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toBe('text/plain')
  })

  it('take the odd part header that Python sends for a type', async () => {
    const boundary = 'odd'
    const body = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="script.py"',
      "Content-Type: {'type_id': 4}",
      '',
      'print(1)',
      `--${boundary}--`,
      '',
    ].join('\r\n')
    const response = await target().fetch('/api/v2/files/contents/', {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    })
    expect(response.status).toBe(201)
    expect(JSON.parse(await response.text())).toMatchObject({
      name: 'script.py',
      typeId: 4,
      decryptedSize: 8,
    })
  })

  it('refuse an upload without a boundary, without a file, or that is no form', async () => {
    const upload = (type: string, body: string) =>
      target().fetch('/api/v2/files/contents/', { method: 'POST', headers: { 'content-type': type }, body })
    expect((await upload('multipart/form-data', 'x')).status).toBe(400)
    expect((await upload('multipart/form-data; boundary=b', '--b--\r\n')).status).toBe(400)
    expect((await upload('application/json', '{}')).status).toBe(415)
  })

  it('are found by a part of their name, newest first', async () => {
    await uploadedFile(target(), 'testfile.7z.001', '1')
    await uploadedFile(target(), 'other', '2')
    await uploadedFile(target(), 'testfile.7z.002', '3')
    const { data } = await target().client.GET('/api/v2/files/', {
      params: { query: { search: 'testfile' } },
    })
    expect(data?.results.map(({ name }) => name)).toEqual(['testfile.7z.002', 'testfile.7z.001'])
  })

  it('are renamed and get another type', async () => {
    const file = await uploadedFile(target(), 'a.txt', 'a')
    const { data } = await target().client.PATCH('/api/v2/files/{fileId}/', {
      params: { path: { fileId: file.id } },
      body: { name: 'b.txt', typeId: 4 },
    })
    expect(data).toMatchObject({ id: file.id, name: 'b.txt', typeId: 4 })
  })

  it('are gone when they were deleted', async () => {
    const file = await uploadedFile(target(), 'a.txt', 'a')
    const path = `/api/v2/files/${file.id}/`
    expect((await target().fetch(path, { method: 'DELETE' })).status).toBe(204)
    expect((await target().fetch(path)).status).toBe(404)
    expect((await target().fetch(`${path}contents/`)).status).toBe(404)
    expect((await target().fetch(path, { method: 'DELETE' })).status).toBe(404)
    const { data } = await target().client.GET('/api/v2/files/', { params: { query: { search: 'a.txt' } } })
    expect(data?.count).toBe(0)
  })

  it('come as lines that keep their newline', async () => {
    const file = await uploadedFile(target(), 'text.log', 'one\ntwo\n\nthree')
    const response = await target().fetch(`/api/v2/files/${file.id}/lines`, { redirect: 'follow' })
    expect(await response.json()).toEqual({ lines: ['one\n', 'two\n', '\n', 'three'] })
  })
})
