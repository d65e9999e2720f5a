import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestFolder extends AsyncDisposable {
  readonly path: string
  in(...names: string[]): string
}

/** A folder of the test's own, removed with it. */
export async function aFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'localscale-test-'))
  return {
    path,
    in: (...names) => join(path, ...names),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
