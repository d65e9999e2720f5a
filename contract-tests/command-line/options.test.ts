import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { Option } from 'commander'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Io } from '../../client/cli/io.ts'
import { programFor } from '../../client/cli/program.ts'
import { Session } from '../../client/cli/session.ts'
import type { Called, CommandLine } from './call.ts'
import { aLine, commands } from './verb-calls.ts'

const HARDWARE = '--coretype granite --cores 2 --walltime 1'
const A_JOB = `--command true ${HARDWARE}`
const NOW = '--timeout 0 --interval 1ms'
const SOON = '--timeout 1m --interval 1ms'
/** Of a file that several connections fetch, unless told otherwise. */
const BIG_BYTES = 24_000_000

/** What a call shows, or asks of the platform, because of its options. */
interface Effect {
  readonly code?: number
  readonly stdin?: string
  readonly stdout?: RegExp
  readonly stderr?: RegExp
  /** Some of the requests: method, path with query, and a body of JSON. */
  readonly sent?: readonly RegExp[]
  readonly unsent?: RegExp
  /** At a time, of the contents of files. */
  readonly downloads?: (most: number) => boolean
  /** Jobs come to their end by themselves. */
  readonly settled?: true
  /** What stands in files afterwards. */
  readonly files?: Readonly<Record<string, RegExp>>
}

/**
 * A call for each option of each command, with an effect of it. Words in capitals are made first: jobs that are SAVED,
 * RUNNING or DONE, the ids of a FILE, of a ZIP and of a BIG one, a PATH, a FOLDER, a KEY and a DEFINITION here, and a
 * folder TO write to in which there is an `up.txt` of other content.
 */
const rows: readonly (readonly [string, Effect])[] = [
  ['profile init new --url https://rescale.test --no-check', { unsent: /./ }],
  ['profile init other --url https://rescale.test --yes', { sent: [/^GET .*users\/me/] }],
  ['profile use other --yes', { stdout: /\[default\] is now/ }],
  ['projects list --limit 1', { stdout: /^ID.*\n.*\n$/, stderr: /the first 1;/ }],
  ['coretypes list --category general --limit 1', { stdout: /^CODE.*\n.*\n$/, stderr: /the first 1;/ }],
  ['coretypes list --all --field isDeprecated', { stdout: /^true$/m }],
  ['analyses list --search FLUENT --limit 1', { stdout: /^CODE.*\n\w*fluent.*\n$/ }],
  [
    'prices list --plan economy --os linux --category general --cores 4 --memory 2 --field plan',
    { stdout: /^(economy\n)+$/ },
  ],
  ['prices list --gpu --memory 2 --field coreType', { stdout: /^(?!.*granite)(\w+\n)+$/s }],
  [
    'prices cheapest --plan on-demand --os windows --cores 4 --hours 2 --field cost',
    { stdout: /"hours":2|amount/ },
  ],
  ['prices cheapest --category general --memory 1 --gpu', { code: 3, stderr: /./ }],
  [
    'jobs list --limit 1 --search pi --state completed --status COMPLETED',
    { sent: [/^GET .*[?&]search=pi\b/, /^GET .*state=completed\b/i, /^GET .*COMPLETED/], stdout: /pi$/m },
  ],
  ['jobs list --active --field id', { stdout: /^(\w{6}\n)*$/, sent: [/^GET .*jobs\/\?/] }],
  ['jobs runs DONE --limit 1', { stdout: /\n1 / }],
  [
    `jobs create ${A_JOB} --name n --analysis ansys_fluent:2019r1 --slots 3 --input PATH --no-decompress --env A=b
     --project PROJECT --low-priority --public-key KEY`,
    {
      sent: [
        /^POST .*jobs\/ .*"name":"n"/,
        /^POST .*"command":"true"/,
        /^POST .*"code":"ansys_fluent","version":"2019r1"/,
        /^POST .*"hardware":\{"coreType":"granite","coresPerSlot":2,"slots":3,"walltime":1\}/,
        /^POST .*"decompress":false/,
        /^POST .*"envVars":\{"A":"b"\}/,
        /^POST .*"projectId":"\w+"/,
        /^POST .*"isLowPriority":true/,
        /^POST .*"publicKey":"ssh-ed25519 AAAA"/,
      ],
    },
  ],
  [`jobs create ${A_JOB} --dry-run`, { stdout: /^cost/m, unsent: /^POST/ }],
  [`jobs create ${A_JOB} --max-cost 0.01`, { code: 12, unsent: /^POST/ }],
  ['jobs create --file DEFINITION --submit', { sent: [/^POST .*"name":"defined"/, /^POST .*\/submit\//] }],
  [`jobs create ${A_JOB} --watch ${NOW}`, { code: 8, sent: [/^POST .*\/submit\//] }],
  [`jobs watch RUNNING ${SOON} --until Executing`, { stdout: /has been Executing/ }],
  [`jobs watch RUNNING ${NOW}`, { code: 8 }],
  [`jobs submit SAVED --watch ${NOW}`, { code: 8, sent: [/^POST .*\/submit\//] }],
  [`jobs stop RUNNING --force --yes --wait ${NOW}`, { code: 8, sent: [/^POST .*force-?_?stop/i] }],
  ['jobs stop RUNNING --run 1 --yes', { sent: [/^POST .*\/runs\/1\/stop\//] }],
  ['jobs delete SAVED --inputs --yes', { sent: [/^DELETE .*deleteInputFiles=True/] }],
  [`jobs delete RUNNING --wait --yes ${NOW}`, { code: 8, unsent: /^DELETE/ }],
  ['jobs tag SAVED blue --remove', { code: 3, sent: [/^DELETE .*tags/], unsent: /^POST/ }],
  [
    'jobs share SAVED --email a@example.com --message hello',
    { sent: [/^POST .*share\/ .*"email":"a@example.com"/, /^POST .*"message":"hello"/] },
  ],
  ['jobs share SAVED --account abc --message hello', { sent: [/^POST .*share\/ .*"account":"abc"/] }],
  ['jobs logs DONE --follow --interval 1ms --timeout 1m', { stdout: /Exited with code 0/ }],
  ['jobs logs SAVED --follow --interval 1ms --timeout 5ms', { code: 8 }],
  ['jobs tail RUNNING --lines 2 --run 1', { sent: [/\/runs\/1\/tail\/.*lines=2\b/], stdout: /Launching/ }],
  ['jobs tail SAVED --follow --interval 1ms --timeout 5ms', { code: 8 }],
  [
    'jobs outputs DONE --search process_output',
    { sent: [/[?&]search=process_output/], stdout: /process_output/ },
  ],
  [
    'jobs outputs DONE --download --to TO --match *.log --exclude nothing --existing fail --connections 1',
    { stdout: /process_output\.log .*verified/, files: { 'process_output.log': /Exited with code 0/ } },
  ],
  ['jobs outputs DONE --download --to TO --exclude *', { stderr: /nothing to download/ }],
  ['jobs outputs DONE --sync --to TO', { stdout: /process_output\.log/ }],
  ['files list --limit 1 --search up', { sent: [/[?&]search=up/], stdout: /up\.txt$/m }],
  ['files list --job DONE', { stdout: /process_output\.log/ }],
  ['files upload PATH --name other.txt', { stdout: /other\.txt/ }],
  ['files upload PATH --reuse', { unsent: /^POST/ }],
  ['files upload FOLDER --compress --field decryptedSize', { stdout: /^\d{3,4}\n$/ }],
  ['files upload FOLDER --field decryptedSize', { stdout: /^\d{6}\n$/ }],
  [
    'files download FILE --to TO --existing fail',
    { code: 1, stderr: /up\.txt/, files: { 'up.txt': /^old$/ } },
  ],
  ['files download FILE --as PATH --existing replace', { sent: [/contents/], stdout: /verified/ }],
  [
    'files download FILE --as TO/up.txt --existing fail',
    { code: 1, stderr: /is there already/, files: { 'up.txt': /^old$/ } },
  ],
  ['files download FILE --as TO/up.txt', { files: { 'up.txt': /^one/ } }],
  ['files download FILE --as PATH --existing verify', { unsent: /contents/, stdout: /verified/ }],
  ['files download BIG --to TO --connections 1', { downloads: (most) => most === 1 }],
  ['files download BIG --to TO', { downloads: (most) => most > 1 }],
  ['files download FILE --as TO/here.txt', { files: { 'here.txt': /^one/ } }],
  ['files rm FILE --yes', { sent: [/^DELETE /] }],
  [
    `run FOLDER ${A_JOB} --name n --analysis user_included:0 --slots 1 --input PATH --no-decompress --env A=b
     --project PROJECT --low-priority --public-key KEY --max-cost 9 --compress --reuse --to TO --connections 1
     --existing replace --match *.log ${SOON}`,
    {
      settled: true,
      sent: [
        /^POST .*jobs\/ .*"name":"n"/,
        /^POST .*"command":"cd case && true"/,
        /^POST .*"hardware":\{"coreType":"granite","coresPerSlot":2,"slots":1,"walltime":1\}/,
        /^POST .*"inputFiles":\[\{"id":"\w+","decompress":true\},\{"id":"\w+","decompress":false\}\]/,
        /^POST .*"envVars":\{"A":"b"\}/,
        /^POST .*"projectId":"\w+"/,
        /^POST .*"isLowPriority":true/,
        /^POST .*"publicKey":"ssh-ed25519 AAAA"/,
        /^GET .*files\/\?.*search=/,
      ],
      files: { 'process_output.log': /Exited with code 0/ },
    },
  ],
  [`run ${A_JOB} --dry-run`, { stdout: /^cost/m, unsent: /^POST/ }],
  [`run ${A_JOB} --no-download ${SOON}`, { settled: true, unsent: /contents/, stdout: /ok:/ }],
  [`run PATH ${A_JOB} --split BIGPATH --detach`, { stdout: /^submitted \w+\n$/m, sent: [/part-/] }],
  [
    'api GET files/ --query search=up --header X-Mine:yes --include',
    { sent: [/search=up/], stdout: /^HTTP 200/ },
  ],
  ['api GET users/me/projects/ --paginate', { stdout: /^ITEM/, sent: [/^GET .*projects/] }],
  ['api POST jobs/ --data @DEFINITION', { code: 0, stdout: /"name": "defined"/ }],
  ['api POST jobs/ --data -', { stdin: '{}', code: 12, stdout: /required/ }],
  ['user --output json --quiet --no-color --patient', { stdout: /^\{\n/ }],
  ['user --field email --profile other', { stdout: /^\S+@\S+\n$/ }],
  ['user --config CONFIG --profile mine', { code: 4 }],
  [
    'user --url https://elsewhere.test --api-key wrong',
    { code: 4, sent: [/^GET https:\/\/elsewhere\.test/] },
  ],
]

/** Over SSH, or with a 7-Zip: process.test.ts runs these, in processes. */
const elsewhere = [
  ...['ssh', 'exec', 'cp'].flatMap((verb) => [`${verb} --identity`, `${verb} --fingerprint`]),
  ...['run --seven-zip', 'run --cluster-seven-zip'],
]

let line: CommandLine
let made: Readonly<Record<string, string>>

beforeAll(async () => {
  line = await aLine()
  await mkdir(line.in('case'))
  await writeFile(line.in('case/a.inp'), 'a'.repeat(200_000))
  await writeFile(line.in('up.txt'), 'one\ntwo\n')
  await writeFile(line.in('big.bin'), Buffer.alloc(BIG_BYTES, 7))
  await writeFile(line.in('key.pub'), 'ssh-ed25519 AAAA\n')
  await writeFile(line.in('mine'), `[mine]\napikey = wrong\napibaseurl = https://rescale.test\n`)
  const hardware = { coreType: 'granite', coresPerSlot: 2, walltime: 1 }
  const analysis = { analysis: { code: 'user_included', version: '0' }, command: 'true', hardware }
  await writeFile(line.in('job.json'), JSON.stringify({ name: 'defined', jobanalyses: [analysis] }))
  const [big] = await line.json<{ id: string }[]>(['files', 'upload', line.in('big.bin')])
  const [project] = await line.json<{ id: string }[]>('projects')
  made = {
    BIGPATH: line.in('big.bin'),
    BIG: big?.id ?? '',
    PROJECT: project?.id ?? '',
    PATH: line.in('up.txt'),
    FOLDER: line.in('case'),
    KEY: line.in('key.pub'),
    DEFINITION: line.in('job.json'),
    CONFIG: line.in('mine'),
  }
}, 60_000)

afterAll(() => line[Symbol.asyncDispose]())

async function aJobThatIs(state: 'SAVED' | 'RUNNING' | 'DONE'): Promise<string> {
  const { id } = await line.json<{ id: string }>(`jobs create ${A_JOB}`)
  if (state === 'SAVED') return id
  await line.call(`jobs submit ${id}`)
  if (state === 'RUNNING') line.rescale.world().advanceTo({ job: id, status: 'Executing' })
  else line.rescale.world().settle()
  return id
}

/** The words of a row, with what they name in capitals made. */
async function wordsOf(text: string): Promise<string[]> {
  const fresh: Record<string, string> = { ...made, TO: line.in('to') }
  for (const state of ['SAVED', 'RUNNING', 'DONE'] as const)
    if (text.includes(state)) fresh[state] = await aJobThatIs(state)
  if (text.includes('FILE'))
    fresh.FILE = (await line.json<{ id: string }[]>(['files', 'upload', line.in('up.txt')]))[0]?.id ?? ''
  await rm(line.in('to'), { recursive: true, force: true })
  await mkdir(line.in('to'))
  await writeFile(line.in('to/up.txt'), 'old')
  return text.split(/\s+/).map((word) => word.replace(/[A-Z]{2,}/, (name) => fresh[name] ?? name))
}

/** Calls with all requests written down. */
async function watchedCall(words: readonly string[], stdin: string | undefined) {
  const sent: string[] = []
  let now = 0
  let most = 0
  const fetch = async (request: Request): Promise<Response> => {
    const isJson = request.headers.get('content-type')?.includes('json')
    const body = isJson ? await request.clone().text() : (request.headers.get('content-type') ?? '')
    sent.push(`${request.method} ${request.url} ${body}`)
    const response = await line.rescale.fetch(request)
    if (!request.url.endsWith('/contents/') || !response.body) return response
    most = Math.max(most, ++now)
    const counted = new TransformStream({ flush: () => void now-- })
    return new Response(response.body.pipeThrough(counted), response)
  }
  const called = await line.call(words, { fetch, ...(stdin !== undefined && { stdin }) })
  return { called, sent, most }
}

it.each(rows)('rescale %s', async (text, effect) => {
  const words = await wordsOf(text)
  if (effect.settled) line.rescale.world().setPace('settled')
  const { called, sent, most } = await watchedCall(words, effect.stdin)
  line.rescale.world().setPace('still')
  expectEffect(effect, called, sent)
  if (effect.downloads) expect([most, effect.downloads(most)]).toEqual([most, true])
  for (const [name, content] of Object.entries(effect.files ?? {}))
    expect(await readFile(line.in('to', name), 'utf8')).toMatch(content)
})

function expectEffect(effect: Effect, called: Called, sent: readonly string[]): void {
  expect([called.code, called.stderr, called.stdout]).toEqual([
    effect.code ?? 0,
    called.stderr,
    called.stdout,
  ])
  if (effect.stdout) expect(called.stdout).toMatch(effect.stdout)
  if (effect.stderr) expect(called.stderr).toMatch(effect.stderr)
  for (const pattern of effect.sent ?? []) expect(sent).toContainEqual(expect.stringMatching(pattern))
  if (effect.unsent) expect(sent).not.toContainEqual(expect.stringMatching(effect.unsent))
}

it('has a row for every option that there is', async () => {
  const named = new Set([...elsewhere, ...rows.flatMap(([text]) => optionsIn(text))])
  const io = { signal: new AbortController().signal } as Io
  const program = await programFor([], new Session(io))
  const longs = (options: readonly Option[]) => options.flatMap(({ long }) => long ?? [])
  const ofCommands = [...(await commands())].flatMap(([name, { options }]) =>
    longs(options).map((long) => `${name} ${long}`),
  )
  const ofAll = longs(program.options).filter((long) => long !== '--version')
  const forgotten = [
    ...ofCommands.filter((one) => !named.has(one)),
    ...ofAll.filter((long) => ![...named].some((one) => one.endsWith(` ${long}`))),
  ]
  expect(forgotten).toEqual([])
  const process = await readFile(new URL('process.test.ts', import.meta.url), 'utf8')
  for (const one of elsewhere) expect(process).toMatch(new RegExp(`'(${one.split(' ')[1]}|-i)'`))
})

/** `jobs get --field` of a row: its noun, its verb if the noun has verbs, and each option. */
function optionsIn(text: string): string[] {
  const [noun = '', verb = '', ...rest] = text.split(/\s+/)
  const options = [verb, ...rest].filter((word) => word.startsWith('--'))
  return options.flatMap((option) => [`${noun} ${verb} ${option}`, `${noun} ${option}`])
}
