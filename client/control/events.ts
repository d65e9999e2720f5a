export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

/** The events of a stream (WHATWG HTML §9.2), comments left out. */
export async function* eventsIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let rest = ''
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event.data !== '') yield event
    }
  }
}

function eventOf(block: string): ServerSentEvent {
  const fields = block.split('\n').map((line) => /^([a-z]+): ?(.*)$/.exec(line))
  const all = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []))
  return { event: all('event').at(-1) ?? 'message', data: all('data').join('\n') }
}
