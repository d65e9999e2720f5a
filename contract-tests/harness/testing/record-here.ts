import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock } from '../harness-clock.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import type { Cassette } from '../recording/cassette.ts'
import { compact } from '../recording/compact.ts'
import { Journal } from '../recording/journal.ts'
import { type RecordedRun, Recorder } from '../recording/recorder.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { Redactor, type RedactorOptions } from '../redaction/redactor.ts'
import { layered, type Transport } from '../transport.ts'

export interface HereOptions extends Partial<Pick<RedactorOptions, 'keepOutput' | 'marker'>> {
  readonly origin: string
  readonly apiKey: string
  readonly transport: Transport
}

/** Records what `tell` says, once, and keeps nothing on the disk. */
export async function recordRun(
  options: HereOptions,
  tell: (transport: Transport) => Promise<void>,
): Promise<RecordedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'localscale-record-'))
  try {
    const { origin, apiKey, transport, marker, keepOutput } = options
    const secrets = new KnownSecrets([apiKey])
    const journal = new Journal(
      join(folder, 'test.jsonl'),
      { scenario: 'test/here', marker: marker ?? '', begunAt: '2026-01-01T00:00:00.000Z' },
      secrets,
    )
    const redactor = new Redactor({
      bodies: await loadDescribedBodies(),
      secrets,
      origin,
      marker,
      keepOutput: keepOutput ?? false,
    })
    const recorder = new Recorder({
      scenario: 'test/here',
      clock: realClock,
      redactor,
      journal,
      phase: () => 'scenario',
      callerOf: (authorization) =>
        authorization === `Token ${apiKey}` ? 'owner' : authorization ? 'invalid' : 'nobody',
    })
    await tell(layered(transport, [recorder.layer]))
    journal.close()
    return recorder.finish()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const sealedRun = (
  runs: readonly [RecordedRun, ...RecordedRun[]],
  bodies: DescribedBodies,
  marker = '',
): Cassette =>
  compact(runs, {
    scenario: 'test/here',
    begunAt: '2026-01-01T00:00:00.000Z',
    marker,
    from: 'second-server',
    note: 'made by a test',
    bodies,
    version: 'test',
  })
