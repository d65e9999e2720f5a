import { expect, it } from 'vitest'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { aJob, jobIn, savedJob, uploadedFile } from '../fixtures.ts'
import { aSolver } from '../solver-recipe.ts'
import { describeRescale } from '../targets.ts'

/** 1000 bytes over ten minutes, and a line a minute. */
const solver = aSolver(1000, { path: 'what is this?/50%.txt', content: 'odd name' })

describeRescale(
  'the work folder of a run',
  (target) => {
    const executing = async () => {
      const input = await uploadedFile(target(), 'mesh.msh', 'mesh\n')
      const job = await jobIn(
        target(),
        'Executing',
        aJob({ name: 'solve', walltime: 8, inputs: [{ id: input.id }] }),
      )
      return job.id
    }
    const get = (jobId: string, rest: string) => target().fetch(`/api/v2/jobs/${jobId}/runs/1/${rest}`)
    const entries = async (jobId: string) =>
      (await (await get(jobId, 'directory-contents/')).json()) as { path: string; resource: string }[]
    const tail = async (jobId: string, path: string, lines: number) => {
      const response = await get(jobId, `tail/${path}?lines=${lines}`)
      return (await response.json()) as { fileType: string; lines: string[] }
    }
    const outputs = async (jobId: string, path = 'files/') => {
      const response = await target().fetch(`/api/v2/jobs/${jobId}/${path}`)
      const { results } = (await response.json()) as {
        results: { id: string; relativePath: string; path: string; decryptedSize: number; typeId: number }[]
      }
      return results
    }

    it('is a plain list of paths, each with what reads it, the log first', async () => {
      const jobId = await executing()
      target().world.advance('6m')
      const found = await entries(jobId)
      expect(found.map(({ path }) => path)).toEqual([
        'process_output.log',
        'mesh.msh',
        'residuals.csv',
        'results/field.bin',
        'what is this?/50%.txt',
      ])
      for (const { path, resource } of found) {
        expect(resource).toMatch(new RegExp(`^/api/v2/jobs/${jobId}/runs/1/tail/`))
        const response = await target().fetch(resource)
        expect([path, response.status]).toEqual([path, 200])
      }
    })

    it('answers under the unversioned address of 2016 as well', async ({ skip }) => {
      skip(!target().takesUndescribed, 'through msw only what is described arrives')
      const jobId = await executing()
      const response = await target().fetch(`/api/jobs/${jobId}/runs/1/directory-contents/`)
      expect(await response.json()).toEqual(await entries(jobId))
    })

    it('grows with virtual time: log, lines and bytes are those of the instant', async () => {
      const jobId = await executing()
      expect(await entries(jobId)).toHaveLength(3)
      target().world.advance('3m')
      const log = await tail(jobId, 'process_output.log', 2)
      expect(log.fileType).toBe(`/enc/uprod_${jobId}/work/process_output.log: ASCII text`)
      expect(log.lines.map((line) => line.slice(24))).toEqual(['iteration 2', 'iteration 3'])
      const sizes = []
      for (let minute = 3; minute <= 16; minute += 3) {
        const field = await get(jobId, 'tail/results/field.bin')
        const residuals = await get(jobId, 'tail/residuals.csv')
        sizes.push([
          field.status === 404 ? null : (await field.arrayBuffer()).byteLength,
          (await residuals.text()).length,
        ])
        target().world.advance('3m')
      }
      expect(sizes.map(([field]) => field === null)).toEqual([true, false, false, false, false])
      const grown = sizes.map(([field]) => Math.round((field ?? 0) / 10))
      expect(grown).toEqual([0, 10, 40, 70, 100])
      expect(sizes.map(([, residuals]) => Math.round((residuals ?? 0) / 100))).toEqual([3, 6, 9, 10, 10])
    })

    it('reads the last lines without their newlines, and whole files as they are', async () => {
      const jobId = await executing()
      target().world.advance('10m')
      expect((await tail(jobId, 'residuals.csv', 2)).lines).toEqual(['i,r', 'i,r'])
      const whole = await get(jobId, 'tail/residuals.csv')
      expect(whole.headers.get('content-length')).toBe('1000')
      expect(await whole.text()).toBe('i,r\n'.repeat(250))
      const bytes = await get(jobId, 'tail/results/field.bin')
      expect(bytes.headers.get('content-type')).toBe('application/octet-stream')
      expect((await tail(jobId, 'results/field.bin', 1)).fileType).toMatch(/: data$/)
      expect((await tail(jobId, 'process_output.log', 1_000_000)).lines.length).toBeGreaterThan(8)
    })

    it.each([
      'nothing.txt',
      'results',
      '..%2Fprocess_output.log',
      'results%2F..%2Fsummary.txt',
      '..%2F..%2Fetc%2Fpasswd',
      '%2Fetc%2Fpasswd',
      'mesh.msh%00',
    ])('has no file %s', async (path) => {
      const jobId = await executing()
      const response = await get(jobId, `tail/${path}`)
      // A path with dots is another one by the time it is sent.
      expect(response.status).toBe(404)
      expect(await response.json()).toHaveProperty('detail')
    })

    it('is gone after the run, whose outputs appear then and not before', async () => {
      const jobId = await executing()
      target().world.advance('19m')
      expect(await outputs(jobId)).toEqual([])
      expect(await outputs(jobId, 'runs/1/files/')).toEqual([])
      target().world.advance('2m')
      for (const path of [
        'directory-contents/',
        'tail/process_output.log',
        'tail/process_output.log?lines=5',
      ]) {
        const response = await get(jobId, path)
        expect([path, response.status, await response.json()]).toEqual([
          path,
          404,
          { detail: 'The run is not active.' },
        ])
      }
      for (const path of ['stop', 'snapshot']) {
        const response = await target().fetch(`/api/v2/jobs/${jobId}/runs/1/${path}/`, { method: 'POST' })
        expect([path, response.status]).toEqual([path, 400])
      }
      const { user } = target().world.platform
      expect((await outputs(jobId)).map(({ relativePath, path }) => [relativePath, path])).toEqual(
        [
          'process_output.log',
          'what is this?/50%.txt',
          'summary.txt',
          'results/field.bin',
          'residuals.csv',
          'mesh.msh',
        ].map((path) => [path, `user/user_${user.id}/output/job_${jobId}/run1/${path}`]),
      )
    })

    it('does not exist before the job executes', async () => {
      const job = await savedJob(target())
      expect((await get(job.id, 'directory-contents/')).status).toBe(404)
    })

    it('is saved as far as its files have grown when the user stops the job', async () => {
      const jobId = await executing()
      target().world.advance('10m')
      await target().fetch(`/api/v2/jobs/${jobId}/stop/`, { method: 'POST' })
      target().world.settle()
      const saved = new Map((await outputs(jobId)).map((file) => [file.relativePath, file.decryptedSize]))
      expect([...saved.keys()]).not.toContain('summary.txt')
      expect(saved.get('residuals.csv')).toBe(1000)
      // Half of the time until the stop, and what the grace time lets it write still.
      expect(saved.get('results/field.bin')).toBeGreaterThanOrEqual(500)
      expect(saved.get('results/field.bin')).toBeLessThan(530)
    })

    it('can be snapshot: a zip of it as it is becomes an output of type 12, though the run goes on', async () => {
      const jobId = await executing()
      target().world.advance('10m')
      const response = await target().fetch(`/api/v2/jobs/${jobId}/runs/1/snapshot/`, { method: 'POST' })
      const { lastSnapshotID, ...rest } = (await response.json()) as { lastSnapshotID: string }
      expect([response.status, rest]).toEqual([
        200,
        { data: '', exitcode: 0, reason: 'Generating snapshot.' },
      ])
      expect(await outputs(jobId)).toMatchObject([
        { id: lastSnapshotID, typeId: 12, relativePath: 'snapshot-1.zip' },
      ])
      const contents = await target().fetch(`/api/v2/files/${lastSnapshotID}/contents/`)
      const members = await unzipped(Buffer.from(await contents.arrayBuffer()))
      expect([...members.keys()]).toEqual((await entries(jobId)).map(({ path }) => path))
      expect(members.get('mesh.msh')?.toString()).toBe('mesh\n')
      expect(members.get('residuals.csv')).toHaveLength(1000)
      expect(Math.round((members.get('results/field.bin')?.length ?? 0) / 10)).toBe(50)
      await target().fetch(`/api/v2/jobs/${jobId}/runs/1/snapshot/`, { method: 'POST' })
      target().world.settle()
      const names = (await outputs(jobId)).map(({ relativePath }) => relativePath)
      expect([names[0], ...names.slice(-2)]).toEqual([
        'process_output.log',
        'snapshot-2.zip',
        'snapshot-1.zip',
      ])
    })

    it('ends with the run when the user stops that, while the job is Completed without success', async () => {
      const jobId = await executing()
      target().world.advance('4m')
      const stop = () => target().fetch(`/api/v2/jobs/${jobId}/runs/1/stop/`, { method: 'POST' })
      const response = await stop()
      expect([response.status, await response.json()]).toEqual([200, {}])
      expect((await stop()).status).toBe(200)
      expect((await get(jobId, 'directory-contents/')).status).toBe(200)
      target().world.advance('10s')
      expect((await get(jobId, 'directory-contents/')).status).toBe(404)
      target().world.settle()
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/statuses/', {
        params: { path: { jobId } },
      })
      expect(data?.results[0]).toMatchObject({ status: 'Completed', statusReason: 'User Terminated' })
      expect(data?.results.map(({ status }) => status)).not.toContain('Stopping')
    })
  },
  { executor: (files) => simulatedExecutor({ files, recipes: [solver] }) },
)

async function unzipped(zip: Buffer): Promise<Map<string, Buffer>> {
  const { default: yauzl } = await import('yauzl')
  const archive = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(zip, { lazyEntries: true }, (error, file) => (file ? resolve(file) : reject(error))),
  )
  const members = new Map<string, Buffer>()
  return new Promise((resolve, reject) => {
    archive.on('error', reject)
    archive.on('end', () => resolve(members))
    archive.on('entry', (entry: import('yauzl').Entry) =>
      archive.openReadStream(entry, async (error, stream) => {
        if (!stream) return reject(error)
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
        members.set(entry.fileName, Buffer.concat(chunks))
        archive.readEntry()
      }),
    )
    archive.readEntry()
  })
}
