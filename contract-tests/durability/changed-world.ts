import { createHash, randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Control, createControl } from '../../client/control/index.ts'
import type { RandomStream } from '../../mock-server/domain/random.ts'
import type { BuiltServer } from '../programs/built-server.ts'
import { aPublicKey } from '../public-keys.ts'
import { uploadText } from './upload-text.ts'

/** What a snapshot, the file of a world, and a fork have of it. */
interface Content {
  /** Name and SHA-512 of each file that was uploaded. */
  readonly files: readonly string[]
  readonly keys: readonly string[]
}

interface State extends Content {
  readonly snapshots: Readonly<Record<string, Content>>
  /** Of the user's requests, where they are limited. */
  readonly limit: number | null
}

interface Fork {
  readonly content: Content
  /** Once it was acknowledged. */
  tenantId: string | null
}

/** Something that is done to the world, and what becomes of it. */
interface Deed {
  readonly act: () => Promise<unknown>
  readonly after: State
}

const NOTHING: Content = { files: [], keys: [] }

/** Snapshots that are kept before one is forgotten. */
const SNAPSHOTS = 3

/**
 * A world to which one thing is done after the other: whatever moment the server is killed at, it is as it was before
 * what was under way, or as that makes it.
 */
export class ChangedWorld {
  readonly apiKey: string
  #known: State = { ...NOTHING, snapshots: {}, limit: null }
  /** What is there if what was under way came to be. */
  #maybe: State | null = null
  #exported: { readonly file: Uint8Array<ArrayBuffer>; readonly content: Content } | null = null
  /** Keys of forks, and what each has; of one that was not acknowledged, nothing may be there. */
  readonly #forks = new Map<string, Fork>()

  /** How often each was done and acknowledged. */
  readonly done = {
    upload: 0,
    snapshot: 0,
    forget: 0,
    restore: 0,
    reset: 0,
    import: 0,
    fork: 0,
    limit: 0,
    key: 0,
  }

  #turn = 0

  constructor(apiKey: string) {
    this.apiKey = apiKey
  }

  something(server: BuiltServer, chance: RandomStream): Promise<void> {
    return this.#do(chance.pick(this.#kinds), server, chance)
  }

  /** One after the other, in turn. */
  next(server: BuiltServer, chance: RandomStream): Promise<void> {
    const kind = this.#kinds[this.#turn % this.#kinds.length] ?? 'upload'
    this.#turn += 1
    return this.#do(kind, server, chance)
  }

  get #kinds() {
    return Object.keys(this.done) as [keyof typeof this.done]
  }

  async #do(kind: keyof typeof this.done, server: BuiltServer, chance: RandomStream): Promise<void> {
    const control = controlOf(server, this.apiKey)
    const deed = await this.#deeds[kind](control, server, chance)
    if (!deed) return
    this.#maybe = deed.after
    await deed.act()
    this.#known = deed.after
    this.#maybe = null
    this.done[kind] += 1
  }

  /** Throws where it is neither as it was nor as what was under way would have made it. */
  async check(server: BuiltServer): Promise<void> {
    const there = await stateOf(server, this.apiKey)
    const expected = [this.#known, ...(this.#maybe ? [this.#maybe] : [])].map(comparable)
    if (!expected.some((state) => isDeepStrictEqual(state, there)))
      throw new Error(
        `expected ${expected.map((one) => JSON.stringify(one)).join(' or ')}, and there is ${JSON.stringify(there)}`,
      )
    if (this.#maybe && isDeepStrictEqual(comparable(this.#maybe), there)) this.#known = this.#maybe
    this.#maybe = null
    for (const [apiKey, fork] of this.#forks) await checkFork(server, apiKey, fork)
    this.#forks.clear()
  }

  get #oldest(): string {
    return Object.keys(this.#known.snapshots)[0] ?? ''
  }

  readonly #deeds: Record<
    keyof typeof this.done,
    (control: Control, server: BuiltServer, chance: RandomStream) => Promise<Deed | null>
  > = {
    upload: async (_, server, chance) => {
      const [name, text] = [`changed-${chance.uint32()}`, `${chance.uint32()}`]
      const files = [...this.#known.files, `${name} ${createHash('sha512').update(text).digest('hex')}`]
      return { after: { ...this.#known, files }, act: () => uploadText(server, this.apiKey, name, text) }
    },
    snapshot: async ({ world }, _, chance) => {
      // Never one that there was: of two by the same name nobody could say which is there.
      const name = `snapshot-${chance.uint32()}`
      const { files, keys } = this.#known
      const snapshots = { ...this.#known.snapshots, [name]: { files, keys } }
      return { after: { ...this.#known, snapshots }, act: () => world.snapshot(name) }
    },
    forget: async ({ world }) => {
      const { [this.#oldest]: forgotten, ...snapshots } = this.#known.snapshots
      const name = this.#oldest
      if (!forgotten || Object.keys(snapshots).length < SNAPSHOTS) return null
      return { after: { ...this.#known, snapshots }, act: () => world.dropSnapshot(name) }
    },
    restore: async ({ world }, _, chance) => {
      const [first = '', ...others] = Object.keys(this.#known.snapshots)
      const name = chance.pick([first, ...others])
      const content = this.#known.snapshots[name]
      return content
        ? { after: { ...this.#known, ...content, limit: null }, act: () => world.restore(name) }
        : null
    },
    reset: async ({ world }) => ({
      after: { ...this.#known, ...NOTHING, limit: null },
      act: () => world.reset(),
    }),
    import: async ({ world }) => {
      const { files, keys } = this.#known
      const now = { file: await bytesOf(await world.export()), content: { files, keys } }
      const { file, content } = this.#exported ?? now
      this.#exported = now
      return { after: { ...this.#known, ...content, limit: null }, act: () => world.import(file) }
    },
    fork: async ({ world }) => {
      const apiKey = randomBytes(20).toString('hex')
      const fork: Fork = { content: this.#known, tenantId: null }
      this.#forks.set(apiKey, fork)
      const act = async () => {
        fork.tenantId = (await world.fork({ apiKey })).tenantId
      }
      return { after: this.#known, act }
    },
    limit: async ({ throttling }, _, chance) => {
      const user = 900_000 + chance.integer(1_000)
      return this.#known.limit === null
        ? { after: { ...this.#known, limit: user }, act: () => throttling.turnOn({ user }) }
        : { after: { ...this.#known, limit: null }, act: () => throttling.turnOff() }
    },
    key: async ({ sshKeys }) => {
      const [known] = await sshKeys.list()
      const publicKey = aPublicKey()
      const keys = known
        ? this.#known.keys.filter((key) => key !== known.publicKey)
        : [...this.#known.keys, publicKey]
      return {
        after: { ...this.#known, keys },
        act: () => (known ? sshKeys.remove(known.id) : sshKeys.add(publicKey)),
      }
    },
  }
}

const controlOf = ({ url, adminToken }: BuiltServer, apiKey: string): Control =>
  createControl({ baseUrl: url, apiKey, adminToken })

/** What can be seen of a state: of snapshots, their names. */
const comparable = ({ files, keys, snapshots, limit }: State) => ({
  files: files.toSorted(),
  keys: keys.toSorted(),
  snapshots: Object.keys(snapshots).sort(),
  limit,
})

async function stateOf(server: BuiltServer, apiKey: string): Promise<ReturnType<typeof comparable>> {
  const { world, throttling } = controlOf(server, apiKey)
  const { isOn, scopes } = await throttling.read()
  return {
    ...(await contentOf(server, apiKey)),
    snapshots: (await world.snapshots()).map(({ name }) => name).sort(),
    limit: isOn ? (scopes.find(({ scope }) => scope === 'user')?.limit ?? null) : null,
  }
}

async function contentOf(server: BuiltServer, apiKey: string) {
  const path = `${server.url}/api/v2/files/?page_size=1000`
  const answer = await fetch(path, { headers: { authorization: `Token ${apiKey}` } })
  const { results } = (await answer.json()) as { results: ListedFile[] }
  return {
    files: results
      .filter(({ name }) => name.startsWith('changed-'))
      .map(({ name, fileChecksums }) => `${name} ${fileChecksums[0]?.fileHash}`)
      .sort(),
    keys: (await controlOf(server, apiKey).sshKeys.list()).map(({ publicKey }) => publicKey).sort(),
  }
}

interface ListedFile {
  readonly name: string
  readonly fileChecksums: readonly { readonly fileHash: string }[]
}

/** It is there as it was when it was made, or not at all; then it is ended. */
async function checkFork(server: BuiltServer, apiKey: string, { content, tenantId }: Fork): Promise<void> {
  const there = await contentOf(server, apiKey)
  const { files, keys } = content
  const expected = [
    { files: files.toSorted(), keys: keys.toSorted() },
    ...(tenantId === null ? [NOTHING] : []),
  ]
  if (!expected.some((one) => isDeepStrictEqual(one, there)))
    throw new Error(`a fork was to have ${JSON.stringify(expected)}, and has ${JSON.stringify(there)}`)
  if (tenantId !== null) await controlOf(server, apiKey).server.deleteTenant(tenantId)
}

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
