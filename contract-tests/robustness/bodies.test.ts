import { describe, expect, it } from 'vitest'
import { MAX_JSON_BODY_BYTES } from '../../mock-server/exchange/read-json.ts'
import { servedForAll, statusesOf } from './served.ts'

const served = servedForAll()

const nested = (levels: number, open: string, close: string): string =>
  open.repeat(levels) + close.repeat(levels)
const inJob = (fields: string): string =>
  `{"name":"x","jobanalyses":[{"analysis":{"code":"user_included"},"command":"true","hardware":{"coreType":"granite","coresPerSlot":2}${fields}}]}`

async function send(method: string, path: string, body: string | Uint8Array, type = 'application/json') {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const head = served().head(
    `${method} /api/v2/${path} HTTP/1.1`,
    'Connection: close',
    `Content-Type: ${type}`,
    `Content-Length: ${bytes.length}`,
  )
  const answer = await served().converse(`${head}\r\n`, bytes)
  return { status: statusesOf(answer).at(-1), answer }
}

/** Refused, and nothing has changed. */
async function refused(
  method: string,
  path: string,
  body: string | Uint8Array,
  type?: string,
): Promise<void> {
  const before = await served().state()
  const { status, answer } = await send(method, path, body, type)
  expect([400, 413, 415]).toContain(status)
  expect(answer.toLowerCase()).toContain('\r\ncontent-type: application/json\r\n')
  expect(await served().state()).toEqual(before)
}

describe('JSON bodies are refused', () => {
  it.each([
    ['half of one', '{"name":'],
    ['none at all', 'name=x'],
    ['a lone surrogate in no string', '\ud800'],
    ['NaN', inJob(',"useMpi":NaN')],
    ['invalid UTF-8', Buffer.from(inJob('').replace('"x"', '"\xff\xfe"'), 'latin1')],
    ['UTF-16', Buffer.from('{"name":"x"}', 'utf16le')],
    ['a byte order mark', '\ufeff{"name":"x"}'],
    ['a list', '[]'],
    ['text', '"x"'],
    ['a number', '12'],
    ['null', 'null'],
    ['a hundred thousand brackets', nested(100_000, '[', ']')],
    ['a hundred thousand braces', nested(100_000, '{"a":', '}').replace('}}', '1}}')],
    ['brackets for a name', `{"name":${nested(50_000, '[', ']')},"jobanalyses":[]}`],
    ['brackets for analyses', `{"name":"x","jobanalyses":${nested(50_000, '[', ']')}}`],
    ['brackets in a free field', inJob(`,"flags":{"a":${nested(50_000, '[', ']')}}`)],
    ['a prototype for analyses', '{"name":"x","jobanalyses":{"__proto__":[]}}'],
    ['infinite cores', inJob('').replace('"coresPerSlot":2', '"coresPerSlot":1e400')],
    ['minus infinite cores', inJob('').replace('"coresPerSlot":2', '"coresPerSlot":-1e400')],
    ['very many cores', inJob('').replace('"coresPerSlot":2', '"coresPerSlot":9007199254740993')],
    ['a fraction of cores', inJob('').replace('"coresPerSlot":2', '"coresPerSlot":2.5')],
    ['ten thousand analyses', `{"name":"x","jobanalyses":[${'{},'.repeat(10_000)}{}]}`],
    ['ten megabytes', `{"name":"${'x'.repeat(10_000_000)}"}`],
    ['a little more than the limit', `{"name":"${'x'.repeat(MAX_JSON_BODY_BYTES)}"}`],
  ])('%s', async (_, body) => {
    await refused('POST', 'jobs/', body)
    await refused('PUT', `jobs/${served().savedJobId}/`, body)
  })

  it('of another type', async () => {
    await refused('POST', 'jobs/', 'name=x', 'application/x-www-form-urlencoded')
    await refused('POST', 'jobs/', inJob(''), '')
    await refused('POST', 'jobs/', inJob(''), '/')
    await refused('POST', 'jobs/', inJob(''), 'x'.repeat(10_000))
  })
})

describe('changes of a job are refused', () => {
  it.each([
    ['an empty analysis', '{"jobanalyses":[{}]}'],
    ['no analyses', '{"jobanalyses":[]}'],
    ['half an analysis', '{"jobanalyses":[{"command":"true"}]}'],
    ['an input without its id', inJob(',"inputFiles":[{}]')],
    ['a task without its template', inJob(',"templateTasks":[{}]')],
    ['a file without its id', '{"paramFile":{}}'],
    ['hardware without cores', inJob('').replace('"coresPerSlot":2', '"slots":1')],
    ['an empty name', '{"name":""}'],
    ['a list', '[]'],
  ])('with %s', async (_, body) => {
    await refused('PATCH', `jobs/${served().savedJobId}/`, body)
    await refused('PUT', `jobs/${served().savedJobId}/`, body)
  })
})

describe('JSON bodies are taken', () => {
  it.each([
    ['odd variables', inJob(',"envVars":{"__proto__":"a","":"b","a=b":"c","a\\u0000b":"d"}')],
    ['half a surrogate pair in a name', inJob('').replace('"name":"x"', '"name":"\\ud800"')],
    ['control characters in a command', inJob('').replace('"true"', '"\\u0000\\u0001true\\u007f"')],
    [
      'ten thousand variables',
      inJob(`,"envVars":{${Array.from({ length: 10_000 }, (_, n) => `"v${n}":"1"`).join()}}`),
    ],
    ['unknown keys, nested deep', inJob('').replace('{', `{"unknown":${nested(50_000, '[', ']')},`)],
    ['the same key twice', inJob('').replace('{', '{"name":1,')],
  ])('with %s, and read back', async (_, body) => {
    const { status, answer } = await send('POST', 'jobs/', body)
    expect([200, 201, 400]).toContain(status)
    if (status === 400) return
    const id = /"id":"(\w+)"/.exec(answer)?.[1] ?? ''
    const read = await send('GET', `jobs/${id}/`, '')
    expect(read.status).toBe(200)
    expect((await send('POST', `jobs/${id}/submit/`, '')).status).toBe(200)
    served().rescale.world().settle()
    expect((await send('GET', `jobs/${id}/files/`, '')).status).toBe(200)
    expect((await send('DELETE', `jobs/${id}/`, '')).status).toBe(204)
  })
})

describe('uploads are refused', () => {
  const part = 'Content-Disposition: form-data; name="file"; filename="x.txt"'
  it.each([
    ['without a boundary', '--b\r\n\r\n--b--', 'multipart/form-data'],
    ['with an empty boundary', '----', 'multipart/form-data; boundary='],
    ['with a boundary that is too long', '--', `multipart/form-data; boundary=${'b'.repeat(300)}`],
    ['cut off in a header', `--b\r\n${part}`, 'multipart/form-data; boundary=b'],
    ['cut off in the data', `--b\r\n${part}\r\n\r\ndata`, 'multipart/form-data; boundary=b'],
    ['cut off in the delimiter', `--b\r\n${part}\r\n\r\ndata\r\n--`, 'multipart/form-data; boundary=b'],
    ['of no part', '--b--\r\n', 'multipart/form-data; boundary=b'],
    ['of another boundary', `--c\r\n${part}\r\n\r\nx\r\n--c--`, 'multipart/form-data; boundary=b'],
    [
      'of a field',
      '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--',
      'multipart/form-data; boundary=b',
    ],
    ['with a header without end', `--b\r\n${'x'.repeat(100_000)}`, 'multipart/form-data; boundary=b'],
    [
      'of ten thousand parts',
      `${`--b\r\n${part}\r\n\r\nx\r\n`.repeat(10_000)}--b--`,
      'multipart/form-data; boundary=b',
    ],
    ['of JSON', '{}', 'application/json'],
    ['of another kind of multipart', `--b\r\n${part}\r\n\r\nx\r\n--b--`, 'multipart/mixed; boundary=b'],
  ])('%s', async (_, body, type) => {
    await refused('POST', 'files/contents/', body, type)
  })

  it.each([
    'zz\r\nhello',
    'ffffffffffffffffff\r\n',
    '5\r\nhell',
    '5\r\nhello',
    '-1\r\n',
    '5;\0\r\nhello\r\n0\r\n\r\n',
  ])('in the chunks %j', async (chunks) => {
    const before = await served().state()
    const head = served().head(
      'POST /api/v2/files/contents/ HTTP/1.1',
      'Transfer-Encoding: chunked',
      'Content-Type: multipart/form-data; boundary=b',
    )
    const statuses = statusesOf(await served().send(`${head}\r\n${chunks}`))
    expect(statuses.every((status) => status === 400)).toBe(true)
    expect(await served().state()).toEqual(before)
  })
})

describe('names of files', () => {
  it.each([
    '\0.txt',
    'a\x01b',
    '../../../etc/passwd',
    '/etc/passwd',
    'CON',
    '.',
    '..',
    '\u202egpj.exe',
    'a'.repeat(4_000),
    '%00',
    '"',
    "'",
    '<script>',
    '💥'.repeat(500),
    '\\\\host\\share',
    ' ',
    '-rf',
  ])('%j come back as JSON and as a header, and lead nowhere', async (name) => {
    const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name.replaceAll('"', '%22')}"\r\n\r\nx\r\n--b--\r\n`
    const { status, answer } = await send('POST', 'files/contents/', body, 'multipart/form-data; boundary=b')
    expect([201, 400]).toContain(status)
    if (status === 400) return
    const id = /"id":"(\w+)"/.exec(answer)?.[1] ?? ''
    const download = await send('GET', `files/${id}/contents/`, '')
    expect(download.status).toBe(200)
    expect(download.answer).toMatch(/\r\ncontent-disposition: attachment; filename="[^"\r\n]*"/)
    const renamed = await send('PATCH', `files/${id}/`, JSON.stringify({ name }))
    expect([200, 400]).toContain(renamed.status)
    expect((await send('GET', `files/${id}/contents/`, '')).status).toBe(200)
  })
})
