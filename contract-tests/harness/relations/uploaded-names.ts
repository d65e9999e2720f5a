import { type Answered, answeredOf, broken, calls, isSuccess, jsonIn } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'
import { partsOf } from './multipart.ts'

/** Names that every reader of a form takes for the same: nothing to unescape, no folders. */
const PLAIN_NAME = /(?:^|;)\s*filename="([\w .,+-]+)"/i

/** A file is called as it was sent. */
export function uploadedNameFindings(exchanges: readonly SeenExchange[]): Finding[] {
  return calls(answeredOf(exchanges).filter(isSuccess), 'uploadFile', 'replaceUploadFile').flatMap(
    (exchange) => {
      const [sent, kept] = [nameSent(exchange), textAt(jsonIn(exchange.response.body), 'name')]
      if (sent === undefined || kept === undefined || sent === kept) return []
      return [
        broken(exchange, 'echo', {
          pointer: '/name',
          expected: sent,
          received: kept,
          message: '/name is not what was sent',
        }),
      ]
    },
  )
}

function nameSent({ request: { body, headers } }: Answered): string | undefined {
  if (body.kind !== 'bytes' || body.bytes === undefined) return undefined
  const file = partsOf(body.bytes, headerOf(headers, 'content-type') ?? '').find(
    ({ name }) => name === 'file',
  )
  return PLAIN_NAME.exec(file?.headers['content-disposition'] ?? '')?.[1]
}
