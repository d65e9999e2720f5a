import type { TransferContext } from '../transfer/context.ts'
import { type LocalFs, localFs } from '../transfer/local-fs.ts'
import type { TransferAnswer } from '../transfer/transport.ts'
import { aClock } from './clock.ts'

/** What a connection gives, whatever it is asked for. */
export type Given = Pick<TransferAnswer, 'pump'> & { readonly size: number }

export const atOnce = (bytes: Uint8Array): Given => ({
  size: bytes.byteLength,
  pump: async (write) => void (await write(bytes)),
})

/** What a transfer needs: a connection that gives this, and the file system of this machine but for `fs`. */
export function aTransferContext(
  { size, pump }: Given,
  fs: Partial<LocalFs> = {},
  clock = aClock(),
): TransferContext {
  return {
    clock,
    fs: { ...localFs, ...fs },
    maxRetryAfterMs: 120_000,
    redact: (text) => text,
    transport: {
      send: async ({ method, path }) => ({
        request: { method, url: path, requestId: '1' },
        status: 200,
        headers: { 'content-length': String(size) },
        pump,
        text: async () => '',
        discard: () => {},
      }),
      close: async () => {},
    },
  }
}
