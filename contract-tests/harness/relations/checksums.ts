import { type Answered, answeredOf, broken, isSuccess, jsonIn } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { type Described, type FileBytes, filesIn, knownBytes } from './file-bytes.ts'

/** A file's checksum is the SHA-512 of its bytes, its size their number, and it is downloaded as it was uploaded. */
export function checksumFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const known = knownBytes(exchanges)
  return answeredOf(exchanges)
    .filter(isSuccess)
    .flatMap((exchange) =>
      filesIn(jsonIn(exchange.response.body)).flatMap((file) => {
        const bytes = known.get(file.id)
        return bytes === undefined
          ? []
          : [...wrongSum(exchange, file, bytes), ...wrongSize(exchange, file, bytes)]
      }),
    )
}

function wrongSum(exchange: Answered, { sha512, pointer, id }: Described, bytes: FileBytes): Finding[] {
  if (sha512 === undefined || sha512.toLowerCase() === bytes.sha512) return []
  const message = `the checksum of file ${id} is not the SHA-512 of its bytes (exchange ${bytes.seq})`
  return [
    broken(exchange, 'checksum', {
      pointer: `${pointer}/fileChecksums`,
      expected: bytes.sha512,
      received: sha512,
      message,
    }),
  ]
}

function wrongSize(exchange: Answered, { size, pointer, id }: Described, bytes: FileBytes): Finding[] {
  if (size === undefined || size === bytes.size) return []
  const message = `file ${id} has ${bytes.size} bytes (exchange ${bytes.seq})`
  return [
    broken(exchange, 'size', {
      pointer: `${pointer}/decryptedSize`,
      expected: String(bytes.size),
      received: String(size),
      message,
    }),
  ]
}
