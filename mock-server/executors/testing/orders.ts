import type { RunAnalysis, RunInput, RunOrder, RunOutput } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { type Instant, instantOf, second } from '../../domain/instant.ts'

/** The tutorial's script, with fewer rounds. */
export const calculatePi = `import struct, sys
with open(sys.argv[1]) as f:
    rounds = int(f.read())
print(f"Calculating PI for range:\\t{rounds}", flush=True)
pi = 4 * sum((-1) ** k / (2 * k + 1) for k in range(rounds))
print(f"Final value of PI: {pi}")
with open("pi_estimate.res", "w") as f:
    f.write(str(pi))
with open("pi_estimate.bin", "wb") as f:
    f.write(struct.pack("d", pi))
`

export const anInput = (
  files: FileStore,
  name: string,
  content: string | Uint8Array,
  decompress = true,
): RunInput => ({
  name,
  bytes: files.put(Buffer.from(content)),
  decompress,
})

export const anAnalysis = (command: string, changes: Partial<RunAnalysis> = {}): RunAnalysis => ({
  analysisCode: 'user_included',
  versionCode: '0',
  command,
  envVars: {},
  inputs: [],
  preProcessScript: null,
  preProcessScriptCommand: '',
  postProcessScript: null,
  postProcessScriptCommand: '',
  templates: [],
  isShared: false,
  ...changes,
})

export const startOfTime: Instant = instantOf(new Date('2026-11-22T09:00:00Z'))

/** Virtual time goes on by a second whenever somebody looks. */
export function anOrder(
  analyses: RunAnalysis | readonly RunAnalysis[],
  changes: Partial<RunOrder> = {},
): RunOrder {
  let now = startOfTime
  let seed = 1
  return {
    tenantId: 'tenant1',
    jobId: 'aBcDeF',
    runId: '1',
    clusterId: 'cLuStEr',
    username: 'uprod_aBcDeF',
    jobName: 'a job',
    analyses: ([analyses].flat() as RunAnalysis[]).map((analysis, index) => ({
      ...analysis,
      isShared: analysis.isShared || index > 0,
    })),
    coreType: 'granite',
    coresPerSlot: 2,
    slots: 1,
    walltime: null,
    variables: [],
    hosts: [{ name: 'p12345678', cores: 2, gpus: 0 }],
    sharedFolder: Array.isArray(analyses) && analyses.length > 1 ? 'same' : null,
    volumes: [],
    environment: {},
    now: () => {
      now += second
      return now
    },
    random: () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    },
    ...changes,
  }
}

export async function textOf(
  files: FileStore,
  outputs: readonly RunOutput[],
  relativePath: string,
): Promise<string> {
  const output = outputs.find((candidate) => candidate.relativePath === relativePath)
  if (!output)
    throw new Error(`no ${relativePath} among ${outputs.map((other) => other.relativePath).join(', ')}`)
  const chunks: Buffer[] = []
  for await (const chunk of files.read(output.bytes.id, 0, output.bytes.size)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

/** Lines of the log without their dates, which are checked. */
export async function logOf(files: FileStore, outputs: readonly RunOutput[]): Promise<string[]> {
  const lines = (await textOf(files, outputs, 'process_output.log')).split('\n')
  if (lines.pop() !== '') throw new Error('the log does not end with a newline')
  return lines.map((line) => {
    const match = /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\]: (.*)$/s.exec(line)
    if (!match) throw new Error(`not a line of a log: ${line}`)
    return match[1] ?? ''
  })
}

export const pathsOf = (outputs: readonly RunOutput[]): string[] =>
  outputs.map(({ relativePath }) => relativePath)
