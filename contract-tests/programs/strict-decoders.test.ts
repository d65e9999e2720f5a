import { expect, it } from 'vitest'
import { aJob, finishedJob, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'
import {
  boolean,
  type Decoder,
  int32,
  integer,
  list,
  matching,
  nullable,
  number,
  page,
  rfc3339,
  struct,
  text,
} from './decoders.ts'
import { allPages, readJson, sendJson } from './wire-calls.ts'

/** The tags name clients; api-facts §0.2 says which, and §11.1 what each needs. */

/** RUST: a field that is missing or null breaks it, but for the last three. */
const rustFile = struct({
  typeId: int32,
  name: text,
  dateUploaded: rfc3339,
  downloadUrl: text,
  sharedWith: list(text),
  decryptedSize: int32,
  owner: text,
  path: text,
  isUploaded: boolean,
  viewInBrowser: boolean,
  id: text,
  isDeleted: boolean,
  relativePath: nullable(text),
  encodedEncryptionKey: nullable(text),
  md5: nullable(text),
})

const decimal = matching(/^\d+(\.\d+)?$/)
const labelled = struct({ content: text, labelClass: text, useLabel: boolean })

describeRescale('strict decoders', (target) => {
  const decodes = async (path: string, decoder: Decoder): Promise<void> =>
    expect(decoder(await readJson(target(), path))).toEqual([])

  it('RUST, SH23: every row of files has all fields, and none is null that is not expected to be', async () => {
    const { id: fileId } = await uploadedFile(target(), 'deck.inp', 'deck')
    const { id: jobId } = await finishedJob(
      target(),
      aJob({ inputs: [{ id: fileId }], command: 'cat deck.inp' }),
    )
    for (const path of ['files/', `jobs/${jobId}/files/`, `jobs/${jobId}/runs/1/files/`])
      await decodes(path, page(rustFile))
    await decodes(`files/${fileId}`, rustFile)
    const job = await readJson<{ jobanalyses: { inputFiles: unknown[] }[] }>(target(), `jobs/${jobId}/`)
    expect(list(rustFile)(job.jobanalyses[0]?.inputFiles)).toEqual([])
  })

  it('B21, SI21: files have an address, a size, and a fraction in their dates', async () => {
    const file = await uploadedFile(target(), 'deck.inp', 'deck')
    const own = matching(new RegExp(`^${target().origin}/api/v2/files/[A-Za-z]+/contents/$`))
    const b21 = struct({
      path: text,
      relativePath: text,
      downloadUrl: own,
      decryptedSize: integer,
      dateUploaded: matching(/T.*\./),
    })
    await decodes('files/', page(b21))
    const { id } = await finishedJob(target())
    await decodes(`jobs/${id}/files/`, page(b21))
    const contents = await target().fetch(new URL(file.downloadUrl).pathname)
    expect(await contents.text()).toBe('deck')
  })

  it('NB, IL: the SHA-512 stands in lists and in metadata', async () => {
    const { id } = await uploadedFile(target(), 'deck.inp', 'deck')
    const sums = struct({
      fileChecksums: list(
        struct({ hashFunction: matching(/^sha512$/), fileHash: matching(/^[0-9a-f]{128}$/) }),
      ),
      pathParts: struct({ container: text, path: text }),
    })
    await decodes('files/', page(sums))
    await decodes(`files/${id}/`, sums)
  })

  it('SDK19: path.split("/")[4:] begins with the run', async () => {
    const { id } = await finishedJob(target(), aJob({ command: 'mkdir -p a; echo x > a/b.txt' }))
    const files = await allPages<{ path: string; relativePath: string }>(target(), `jobs/${id}/files/`)
    expect(files.length).toBeGreaterThan(0)
    for (const { path, relativePath } of files) {
      expect(path).toMatch(new RegExp(`^user/user_[A-Za-z]+/output/job_${id}/run1/`))
      expect(path.split('/').slice(4).join('/')).toBe(`run1/${relativePath}`)
    }
  })

  it('RS20, RPY, B21, TN21: prices of core types are JSON numbers, and nothing that is read is missing', async () => {
    const coreType = struct({
      code: text,
      name: text,
      cores: list(int32),
      gpuCounts: list(number),
      memory: int32,
      price: number,
      lowPriorityPrice: decimal,
      processorInfo: text,
      color: text,
      mustBeRequested: boolean,
      categoryCodes: list(text),
      hasSsd: boolean,
      isDeprecated: boolean,
      isPrimary: boolean,
      remoteVizAllowed: boolean,
      walltimeRequired: boolean,
      storage: int32,
      displayOrder: nullable(int32),
    })
    const coreTypes = await allPages<Record<string, unknown>>(target(), 'coretypes/?page_size=50')
    expect(list(coreType)(coreTypes)).toEqual([])
    expect(coreTypes.every(({ cores, gpuCounts }) => (cores as []).length === (gpuCounts as []).length)).toBe(
      true,
    )
  })

  it('NB: compute prices are a bare list, with an economy price for Linux', async () => {
    const price = struct({ coreType: text, planType: text, os: text, isActive: boolean, value: struct({}) })
    const prices = await readJson<{ planType: string; os: string; value: { amount: unknown } }[]>(
      target(),
      'billing/computeprices/',
    )
    expect(list(price)(prices)).toEqual([])
    const economy = prices.filter(({ planType, os }) => planType.endsWith('on-demand') && os === 'linux')
    expect(economy.length).toBeGreaterThan(0)
    expect(economy.every(({ value }) => Number(value.amount) > 0)).toBe(true)
  })

  it('RPY, B21, TN21, RS20: analyses have versions by code, name and id', async () => {
    const version = struct({ id: text, version: text, versionCode: text, allowedCoreTypes: list(text) })
    const analysis = struct({ category: text, name: text, code: text, versions: list(version) })
    const analyses = await allPages<{ code: string; versions: unknown[] }>(
      target(),
      'analyses/?page_size=300',
    )
    expect(list(analysis)(analyses)).toEqual([])
    expect(analyses.every(({ versions }) => versions.length > 0)).toBe(true)
    expect(analyses.map(({ code }) => code)).toContain('freefem')
    await decodes('analyses/freefem/', analysis)
  })

  it('RS20, B21, JH24, MSJ25: rows of jobs have their statuses as objects and dates as RFC 3339', async () => {
    await submittedJob(target())
    await savedJob(target())
    const row = struct({
      id: matching(/^[A-Za-z]{6}$/),
      name: text,
      owner: text,
      dateInserted: rfc3339,
      analysisNames: list(text),
      jobStatus: labelled,
      clusterStatusDisplay: labelled,
      sharedWith: list(text),
      storage: integer,
      isVisible: boolean,
    })
    await decodes('jobs/?page_size=20', page(row))
    const first = await readJson<{ count: number; results: unknown[] }>(target(), 'jobs/?page=1')
    expect([first.count >= 10, first.results.length]).toEqual([true, 10])
  })

  it('JH24, B21, TS19, PY26: a job has what reports are made of', async () => {
    const job = struct({
      id: text,
      dateInserted: rfc3339,
      billingPriorityValue: text,
      elapsedWalltimeSeconds: nullable(integer),
      owner: text,
      isTemplate: boolean,
      projectId: nullable(text),
      userTags: list(struct({ name: text })),
      jobanalyses: list(
        struct({
          analysis: struct({ code: text, name: text, version: text, versionName: text }),
          hardware: struct({
            slots: int32,
            coresPerSlot: int32,
            walltime: nullable(int32),
            coreType: struct({ code: text }),
          }),
          inputFiles: list(rustFile),
          command: text,
        }),
      ),
    })
    const { id } = await savedJob(target())
    await sendJson(target(), 'POST', `jobs/${id}/tags/`, { name: 'report' })
    for (const path of [`jobs/${id}`, 'jobs/ObMcJc']) await decodes(path, job)
  })

  it('B21, GM25, PY26, IL: the user has a company with projects, a workspace and a cap on hours', async () => {
    const project = struct({ id: text, name: text })
    await decodes(
      'users/me/',
      struct({
        email: text,
        username: text,
        fullName: text,
        company: struct({ code: text, projects: list(project) }),
        workspace: struct({ id: matching(/^\d{2}-\d{9}$/), name: text }),
        maxJobHours: int32,
        defaultStorage: struct({ id: text, storageType: text, connectionSettings: struct({}) }),
      }),
    )
    await decodes('users/me/projects/', page(project))
  })

  it('TN21, SDK19, SI21, NB: statuses come newest first, in the forms of their dates', async () => {
    const { id } = await finishedJob(target())
    const job = struct({
      status: text,
      statusDate: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
      statusReason: nullable(text),
      id: text,
      jobId: matching(new RegExp(`^${id}$`)),
    })
    const cluster = struct({
      status: text,
      statusDate: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      statusReason: nullable(text),
    })
    for (const [path, decoder] of [
      [`jobs/${id}/statuses/`, job],
      [`jobs/${id}/cluster_statuses/`, cluster],
    ] as const) {
      const rows = await readJson<{ next: unknown; results: { statusDate: string }[] }>(target(), path)
      expect(page(decoder)(rows)).toEqual([])
      const dates = rows.results.map(({ statusDate }) => statusDate)
      expect(dates).toEqual([...dates].sort().reverse())
    }
  })

  it('B21, SI21, NB, RB23: an instance says where and as whom to connect', async () => {
    const { id } = await submittedJob(target(), aJob({ command: 'sleep inf' }))
    target().world.settle()
    const instance = struct({
      clusterId: text,
      id: text,
      dateStarted: rfc3339,
      publicHostname: text,
      publicIp: matching(/^\d+(\.\d+){3}$/),
      privateHostname: text,
      privateIp: text,
      username: matching(new RegExp(`^uprod_${id}$`)),
      sshPort: int32,
      role: text,
      isBehindNat: boolean,
      supportedServices: list(text),
    })
    const { results } = await readJson<{ results: unknown[] }>(target(), `jobs/${id}/instances`)
    expect([results.length, list(instance)(results)]).toEqual([1, []])
  })

  it('IL, DOEC, KT19: runs tell when they began and what they left', async () => {
    const { id } = await finishedJob(target())
    const run = struct({
      id: text,
      dateStarted: rfc3339,
      dateCompleted: nullable(rfc3339),
      type: int32,
      outputFileCount: int32,
      outputFileSize: nullable(integer),
      variables: list(struct({ name: text })),
    })
    await decodes(`jobs/${id}/runs`, page(run))
    await decodes(`jobs/${id}/runs/?page_size=1848`, page(run))
    await decodes(`jobs/${id}/runs/1/`, run)
  })

  it('RS20, RUST, NB: lines of a file are texts that keep their ends', async () => {
    const { id } = await uploadedFile(target(), 'a.txt', 'one\ntwo\n')
    expect(await readJson(target(), `files/${id}/lines`)).toEqual({ lines: ['one\n', 'two\n'] })
  })
})
