/**
 * The young generation stays as small as it is after the start: what requests leave behind dies at once, so that a
 * larger one saves nothing. By itself it grows to 32 MiB (Node 20) or 100 MiB (Node 24).
 */
const YOUNG = '--semi-space-growth-factor=1'

/** The old generation is collected when it has grown by half; V8 would let it grow to four times what lives. */
const OLD = '--heap-growing-percent=50'

/** Half has to be half of something: V8 measures from its first full collection, and begins with some 30 to 80 MiB. */
const COLLECTING = '--expose-gc'

/** A larger heap has been collected before, and to do so again would take long. Bytes. */
const LARGEST_COLLECTED = 64 << 20

/** What V8 is to be told, where nobody has told it something else about these sizes. */
export function smallHeapFlags(execArgv: readonly string[], nodeOptions = ''): readonly string[] {
  const isTold = (about: RegExp) => about.test([...execArgv, nodeOptions].join(' '))
  return [
    ...(isTold(/semi[-_]space/) ? [] : [YOUNG]),
    ...(isTold(/heap[-_]growing|old[-_]space|heap[-_]size/) ? [] : [OLD, COLLECTING]),
  ]
}

/** For a process that does nothing else than to serve, once its start is over: its heap stays near what it needs. */
export async function keepHeapSmall(): Promise<void> {
  // Loaded here, since they take a millisecond.
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([
    import('node:v8'),
    import('node:vm'),
  ])
  const flags = smallHeapFlags(process.execArgv, process.env.NODE_OPTIONS)
  // V8 reads them whenever it has collected.
  for (const flag of flags) setFlagsFromString(flag)
  if (flags.includes(COLLECTING) && process.memoryUsage().heapUsed < LARGEST_COLLECTED)
    runInNewContext('gc()')
}
