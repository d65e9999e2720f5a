import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import type { components } from '../../openapi/generated/schema.d.ts'
import { aJob, jobIn, jobStatuses, logLines, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

const root = mkdtempSync(join(tmpdir(), 'localscale-nodes-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Two nodes of 16 cores, and more slots where they are asked for. */
function aLargeJob(command: string, slots = 1) {
  const job = aJob({ command })
  for (const { hardware } of job.jobanalyses) Object.assign(hardware, { coresPerSlot: 32, slots })
  return job
}

const instancesOf = async ({ client }: Target, jobId: string) => {
  const params = { path: { jobId } }
  const { data } = await client.GET('/api/v2/jobs/{jobId}/instances/', { params })
  return data?.results ?? []
}

/** Real processes take real time; simulated ones none. */
const completed = (target: Target, jobId: string) =>
  vi.waitFor(
    async () => {
      target.world.settle()
      expect((await jobStatuses(target, jobId))[0]).toBe('Completed')
    },
    { timeout: 15_000, interval: 10 },
  )

/** What the command wrote. */
const linesOf = async (target: Target, jobId: string) =>
  (await logLines(target, jobId)).map((line) => line.slice(24, -1)).slice(1, -2)

describeRescale('a job with several nodes', (target) => {
  it('has an instance for each, one of which leads', async () => {
    const job = await jobIn(target(), 'Executing', aLargeJob('sleep inf', 2))
    const instances = await instancesOf(target(), job.id)
    expect(instances.map(({ role }) => role)).toEqual(['MPI_MASTER', 'MPI_SLAVE', 'MPI_SLAVE', 'MPI_SLAVE'])
    expect(new Set(instances.map(({ privateIp }) => privateIp)).size).toBe(4)
    expect(new Set(instances.map(({ privateHostname }) => privateHostname)).size).toBe(4)
  })
})

const showHosts =
  'cat ~/hosts ~/machinefile ~/machinefile.openmpi ~/mpd.hosts ~/rhosts; ' +
  'echo $HOSTLIST $FLUENT_HOSTS $RESCALE_NODES_PER_SLOT $RESCALE_CORES_PER_NODE; cat case.inp; echo x > out.txt'

const executors = {
  simulated: undefined,
  shell: (store: Parameters<typeof shellExecutor>[0]['files']) => shellExecutor({ root, files: store }),
}

for (const [name, executor] of Object.entries(executors)) {
  describeRescale(
    `the cluster of a job with several nodes (${name})`,
    (target) => {
      const run = async (job: components['schemas']['JobCreate']) => {
        const { id } = await submittedJob(target(), job)
        await completed(target(), id)
        return id
      }

      it('names its nodes in files and variables, and works in work/shared', async () => {
        const input = await uploadedFile(target(), 'case.inp', 'an input\n')
        const job = aLargeJob(showHosts)
        for (const analysis of job.jobanalyses) analysis.inputFiles = [{ id: input.id }]
        const id = await run(job)
        const lines = await linesOf(target(), id)
        const [one, two] = lines
        expect([one, two]).toEqual([expect.stringMatching(/^p\d+$/), expect.stringMatching(/^p\d+$/)])
        expect(lines).toEqual([
          one,
          two,
          `${one}:16`,
          `${two}:16`,
          `${one} slots=16`,
          `${two} slots=16`,
          `${one}:16`,
          `${two}:16`,
          `${one} uprod_${id}`,
          `${two} uprod_${id}`,
          `${one},${two} ${one}:16,${two}:16 2 16`,
          'an input',
        ])
        const log = await logLines(target(), id)
        expect(log[0]).toContain(`Working dir: /enc/uprod_${id}/work/shared.  Process output follows:`)
        const { data } = await target().client.GET('/api/v2/jobs/{jobId}/files/', {
          params: { path: { jobId: id } },
        })
        expect(data?.results.map(({ relativePath }) => relativePath).sort()).toEqual([
          'process_output.log',
          'shared/case.inp',
          'shared/out.txt',
        ])
      })

      it('lets a second analysis find in work/shared what the first left', async () => {
        const job = aJob({ command: 'echo one > result.txt' })
        const [first] = job.jobanalyses
        if (!first) throw new Error('a job has an analysis')
        const id = await run({
          ...job,
          jobanalyses: [first, { ...first, command: 'pwd; cat result.txt' }],
        })
        const log = (await logLines(target(), id)).map((line) => line.slice(24, -1))
        expect(log[3]).toContain(`Working dir: /enc/uprod_${id}/work/shared.  `)
        expect(log[4]).toMatch(new RegExp(`/enc/uprod_${id}/work/shared$`))
        expect(log[5]).toBe('one')
      })

      it('keeps a storage device for the next job', async () => {
        const device = await target().client.POST('/api/v2/storage-devices/', {
          body: { name: 'device', storageSize: 1 },
        })
        const deviceId = device.data?.id ?? ''
        const params = { path: { deviceId } }
        await target().client.POST('/api/v2/storage-devices/{deviceId}/submit/', { params })
        target().world.settle()
        const runOnDevice = async (command: string) => {
          const { id } = await savedJob(target(), aJob({ command }))
          await target().client.POST('/api/v2/jobs/{jobId}/storage-devices/', {
            params: { path: { jobId: id } },
            body: { storageDevice: { id: deviceId } },
          })
          await target().client.POST('/api/v2/jobs/{jobId}/submit/', { params: { path: { jobId: id } } })
          await completed(target(), id)
          return id
        }
        const first = await runOnDevice(`echo kept > ~/storage_${deviceId}/f; echo left > out.txt`)
        const second = await runOnDevice(
          `cat ~/storage_${deviceId}/f ~/storage_${deviceId}/jobs/${first}/run/1/out.txt`,
        )
        expect(await linesOf(target(), second)).toEqual(['kept', 'left'])
        await target().client.POST('/api/v2/storage-devices/{deviceId}/shutdown/', { params })
        target().world.settle()
        const third = await runOnDevice(`ls ~/storage_${deviceId}/f`)
        expect((await linesOf(target(), third)).join()).toMatch(/No such file or directory/)
      })
    },
    executor ? { executor } : {},
  )
}

describeRescale(
  'a design of experiments whose commands really run',
  (target) => {
    it('has as many runs at once as slots, each in a folder of its own', async () => {
      const paramFile = await uploadedFile(target(), 'cases.csv', 'n\n1\n2\n3\n')
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what templates look like
      const template = await uploadedFile(target(), 'template', '${n}')
      // Nobody leaves before two have come; the third finds both gone. Runs of a job see each other, in the job's folder.
      const meeting = '~/../../../meeting'
      const command = `mkdir -p ${meeting} && touch ${meeting}/$(cat n) && until [ $(ls ${meeting} | wc -l) -ge 2 ]; do read -t 0.02 < <(:) || true; done; ls > seen`
      const job = aJob({ command, paramFile: { id: paramFile.id } })
      for (const analysis of job.jobanalyses) {
        analysis.hardware.slots = 2
        analysis.templateTasks = [{ templateFile: { id: template.id }, processedFilename: 'n' }]
      }
      const { id } = await submittedJob(target(), job)
      await completed(target(), id)
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/files/', {
        params: { path: { jobId: id }, query: { search: 'seen' } },
      })
      const seen = await Promise.all(
        (data?.results ?? []).map(async (file) =>
          (await target().fetch(`/api/v2/files/${file.id}/contents/`)).text(),
        ),
      )
      expect(seen).toEqual(Array(3).fill('n\nprocess_output.log\nseen\n'))
      expect(await jobStatuses(target(), id)).not.toContain('Stopping')
    })
  },
  { executor: executors.shell },
)
