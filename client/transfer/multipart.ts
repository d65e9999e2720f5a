import { randomBytes } from 'node:crypto'
import type { TransferBody } from './transport.ts'

/** A multipart/form-data body of known length with one file in it. */
export interface MultipartBody extends TransferBody {
  readonly contentType: string
}

export interface MultipartFile {
  readonly fileName: string
  readonly body: TransferBody
  /** Further parts, before the file. */
  readonly fields?: Readonly<Record<string, string>>
}

/** Wraps a file in the form that `files/contents/` takes, without holding any of it. */
export function multipartOf(file: MultipartFile): MultipartBody {
  const boundary = `localscale-${randomBytes(16).toString('hex')}`
  const fields = Object.entries(file.fields ?? {}).map(
    ([name, value]) => part(boundary, `name="${name}"`) + value,
  )
  const fileHead = part(
    boundary,
    `name="file"; filename="${quoted(file.fileName)}"`,
    'application/octet-stream',
  )
  const head = Buffer.from([...fields, fileHead].join('\r\n'))
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    size: head.byteLength + file.body.size + tail.byteLength,
    async *chunks(options) {
      yield head
      yield* file.body.chunks(options)
      yield tail
    },
  }
}

function part(boundary: string, disposition: string, contentType?: string): string {
  const type = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`
  return `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`
}

// As browsers and curl do: the name stays UTF-8, and what would end the header is percent-encoded.
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
