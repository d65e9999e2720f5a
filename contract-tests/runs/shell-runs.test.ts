import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import { processesIn } from '../../mock-server/executors/testing/processes-in.ts'
import { aJob, jobIn, jobStatuses, logLines, submittedJob, uploadedFile, waitFor } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const root = mkdtempSync(join(tmpdir(), 'localscale-shell-runs-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Real processes take real time. */
const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000, interval: 10 })

describeRescale(
  'runs whose commands really run',
  (target) => {
    const begun = async (command: string, changes: Parameters<typeof aJob>[0] = {}) => {
      const job = await jobIn(target(), 'Executing', aJob({ command, ...changes }))
      const post = (path: string) =>
        target()
          .fetch(`/api/v2/jobs/${job.id}/${path}/`, { method: 'POST' })
          .then(({ status }) => status)
      const get = (path: string) => target().fetch(`/api/v2/jobs/${job.id}/runs/1/${path}`)
      const text = (path: string) =>
        eventually(async () => {
          const response = await get(`tail/${path}`)
          const content = await response.text()
          expect([response.status, content === '']).toEqual([200, false])
          return content
        })
      return { id: job.id, post, get, text }
    }
    const processesOf = (jobId: string) => processesIn(root, `/${jobId}/run`)
    const completed = (jobId: string, status = 'Completed') =>
      eventually(async () => expect((await jobStatuses(target(), jobId))[0]).toBe(status))
    const outputs = async (jobId: string) => {
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/files/', {
        params: { path: { jobId } },
      })
      const found: Record<string, string> = {}
      for (const { id, relativePath } of data?.results ?? [])
        found[relativePath ?? ''] = await (await target().fetch(`/api/v2/files/${id}/contents/`)).text()
      const { 'process_output.log': log, ...others } = found
      return others
    }
    const log = async (jobId: string) => (await logLines(target(), jobId)).map((line) => line.slice(24, -1))

    it('show what they write while they write it, and follow no links', async () => {
      const { id, post, get, text } = await begun(
        'echo one; mkdir shared; seq 3 > shared/out.log; ln -s /etc/passwd link; ln -s shared through; echo two >&2; echo x > ready; sleep inf',
      )
      await text('ready')
      const entries = (await (await get('directory-contents/')).json()) as { path: string }[]
      expect(entries.map(({ path }) => path)).toEqual(['process_output.log', 'ready', 'shared/out.log'])
      const tail = await get('tail/process_output.log?lines=2')
      const { lines } = (await tail.json()) as { lines: string[] }
      expect(lines.map((line) => line.slice(24))).toEqual(['one', 'two'])
      expect(await text('shared/out.log')).toBe('1\n2\n3\n')
      for (const path of ['link', 'through/out.log', '..%2F..%2Ftmp', 'ready%2F..%2Fready'])
        expect([path, (await get(`tail/${path}`)).status]).toEqual([path, 404])
      const snapshot = await target().fetch(`/api/v2/jobs/${id}/runs/1/snapshot/`, { method: 'POST' })
      const { lastSnapshotID } = (await snapshot.json()) as { lastSnapshotID: string }
      const zip = await (await target().fetch(`/api/v2/files/${lastSnapshotID}/contents/`)).text()
      expect(zip).toContain('shared/out.log')
      expect(zip).not.toContain('link')
      await post('stop')
      await completed(id)
      expect((await get('directory-contents/')).status).toBe(404)
      expect(Object.keys(await outputs(id))).toEqual(['shared/out.log', 'ready', 'snapshot-1.zip'])
    })

    it('may trap SIGTERM and write a last file, which is among the outputs', async () => {
      const command =
        "trap 'echo restart data > last.txt; exit 0' TERM; echo x > ready; while :; do sleep 1000 & wait $!; done"
      const { id, post, text } = await begun(command)
      await text('ready')
      expect(await post('stop')).toBe(202)
      await completed(id)
      expect(await outputs(id)).toEqual({ ready: 'x\n', 'last.txt': 'restart data\n' })
      expect(await jobStatuses(target(), id)).toContain('Stopping')
    })

    it('end one by one', async () => {
      const { id, post, text } = await begun('echo x > ready; sleep inf')
      await text('ready')
      expect(await post('runs/1/stop')).toBe(200)
      await completed(id)
      expect(await jobStatuses(target(), id)).not.toContain('Stopping')
      expect((await log(id)).slice(-2)).toEqual(['Exited with code 143', ''])
    })

    it('end at once by force, and keep their files', async () => {
      const { id, post, text } = await begun("trap '' TERM; echo $$ > pid; while :; do sleep 1000; done")
      await text('pid')
      expect(processesOf(id)).not.toEqual([])
      await post('stop')
      await post('force_stop')
      await completed(id, 'Force Stop')
      await eventually(async () => expect(Object.keys(await outputs(id))).toEqual(['pid']))
      expect(processesOf(id)).toEqual([])
    })

    it('lie in folders of their own that nobody else can read, with an environment of their own', async () => {
      vi.stubEnv('SERVER_SECRET', 'hidden')
      try {
        const command = 'env > environment; pwd > place; echo $$ > pid; echo x > ready; sleep inf'
        const jobs = await Promise.all([begun(command), begun(command)])
        const places = await Promise.all(
          jobs.map(async ({ text, id }) => {
            await text('ready')
            const environment = await text('environment')
            expect(environment).toContain(`RESCALE_JOB_ID=${id}\n`)
            expect(environment).not.toContain('hidden')
            return (await text('place')).trim()
          }),
        )
        expect(new Set(places).size).toBe(2)
        for (const place of places) {
          for (let folder = place; folder !== root; folder = join(folder, '..'))
            expect([folder, statSync(folder).mode & 0o077]).toEqual([folder, 0])
          expect(readdirSync(place).toSorted()).toEqual([
            'environment',
            'pid',
            'place',
            'process_output.log',
            'ready',
          ])
        }
        const [one, other] = jobs
        const { id: otherId = '' } = other ?? {}
        await one?.post('stop')
        await completed(one?.id ?? '')
        expect(processesOf(otherId)).not.toEqual([])
        expect(readFileSync(join(places[1] ?? '', 'ready'), 'utf8')).toBe('x\n')
      } finally {
        vi.unstubAllEnvs()
      }
    })

    describe('and an ending that is asked for', () => {
      const working = 'echo works; printf 1234567890 > data; echo $$ > pid; sleep inf'

      it.each([
        ['out-of-memory', 137, ['works', 'Killed'], '1234567890'],
        ['success', 0, ['works'], '1234567890'],
        ['failed', 1, ['works'], '1234567890'],
        ['disk-full', 1, ['works', 'write error: No space left on device'], expect.any(String)],
        ['partial-outputs', 136, ['works', 'Floating point exception (core dumped)'], expect.any(String)],
      ] as const)('%s: processes are killed, and the log says so', async (ending, exitCode, said, data) => {
        const { id, text } = await begun(working)
        const pid = await text('pid')
        expect(processesOf(id)).not.toEqual([])
        const response = await target().fetch(`/_mock/jobs/${id}/outcome/`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ending }),
        })
        expect(response.status).toBe(200)
        await completed(id)
        expect(processesOf(id)).toEqual([])
        expect((await log(id)).slice(1)).toEqual([...said, `Exited with code ${exitCode}`, ''])
        const left = await outputs(id)
        expect(left.data).toEqual(data)
        const isCut = ending === 'disk-full' || ending === 'partial-outputs'
        // The pid was written last.
        expect(left.pid?.length).toBe(isCut ? Math.floor(pid.length / 2) : pid.length)
      })

      it('licence-unavailable: no command is started', async () => {
        const { id } = await begun('echo works > works', { name: 'wing [mock:licence-unavailable]' })
        await completed(id)
        expect(await outputs(id)).toEqual({})
        expect((await log(id)).slice(-3)).toEqual([
          'FlexNet Licensing error:-4,132',
          'Exited with code 1',
          '',
        ])
      })

      it('out-of-memory: replaces also what commands answer that are faster', async () => {
        const { id } = await begun('echo done > done', { name: 'wing [mock:out-of-memory]' })
        await completed(id)
        expect((await log(id)).slice(1)).toEqual(['Killed', 'Exited with code 137', ''])
        expect(await outputs(id)).toEqual({ done: 'done\n' })
      })

      it('spot-reclaimed: processes are ended, and the run starts over in a fresh folder', async () => {
        const { id: input } = await uploadedFile(target(), 'mesh.msh', 'mesh\n')
        const command =
          'ls > found; echo $RESCALE_IG_RESTART_COUNT > count; echo $$ > pid; [ $RESCALE_IG_RESTART_COUNT = 1 ] || sleep inf'
        const { id, text } = await begun(command, {
          name: 'wing [mock:spot-reclaimed]',
          inputs: [{ id: input }],
        })
        await text('pid')
        const pids = processesOf(id)
        expect(pids).not.toEqual([])
        const place = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((path) =>
          path.endsWith(`${id}/run1`),
        )
        expect(place).toBeDefined()
        target().world.advance('11s')
        await eventually(() => expect(processesOf(id).filter((pid) => pids.includes(pid))).toEqual([]))
        expect((await jobStatuses(target(), id))[0]).toBe('Executing')
        target().world.advance('8m')
        await completed(id)
        expect(await outputs(id)).toMatchObject({
          count: '1\n',
          found: 'found\nmesh.msh\nprocess_output.log\n',
          'mesh.msh': 'mesh\n',
        })
        expect((await log(id)).filter((line) => line.startsWith('Launching'))).toHaveLength(1)
        await eventually(() => expect(existsSync(join(root, place ?? ''))).toBe(false))
      })

      it('restarts-exhausted: ends it without files', async () => {
        const { id, text } = await begun('echo $$ > pid; sleep inf', {
          name: 'wing [mock:restarts-exhausted]',
        })
        await text('pid')
        const pids = [processesOf(id).at(-1)]
        for (let restart = 1; restart <= 3; restart += 1) {
          target().world.advance('11s')
          const { platform } = target().world
          while (platform.workFolder(id, '1') === null) target().world.advance('1s')
          await text('pid')
          pids.push(processesOf(id).at(-1))
        }
        target().world.advance('11s')
        await completed(id)
        await eventually(() => expect(processesOf(id)).toEqual([]))
        expect(new Set(pids).size).toBe(4)
        expect(await outputs(id)).toEqual({})
        const { data } = await target().client.GET('/api/v2/jobs/{jobId}/statuses/', {
          params: { path: { jobId: id } },
        })
        expect(data?.results[0]?.statusReason).toBe('Exceeded max number of restarts')
      })

      it('walltime: in virtual time', async () => {
        const { id, text } = await begun('echo $$ > pid; sleep inf', { name: 'wing [mock:walltime]' })
        await text('pid')
        expect(processesOf(id)).not.toEqual([])
        target().world.advance('61m')
        await completed(id)
        expect(processesOf(id)).toEqual([])
        expect(Object.keys(await outputs(id))).toEqual(['pid'])
      })

      it('deleted: ends the processes of a job that is not there any more', async () => {
        const { id, text } = await begun('echo $$ > pid; sleep inf', { name: 'wing [mock:deleted]' })
        await text('pid')
        expect(processesOf(id)).not.toEqual([])
        target().world.advance('11s')
        expect((await target().fetch(`/api/v2/jobs/${id}/`)).status).toBe(404)
        await eventually(() => expect(processesOf(id)).toEqual([]))
      })
    })

    it('end by themselves, whatever else happens', async () => {
      const { id } = await submittedJob(target(), aJob({ command: 'echo done' }))
      waitFor(target(), id, 'Executing')
      await completed(id)
      expect((await log(id)).slice(1)).toEqual(['done', 'Exited with code 0', ''])
    })
  },
  { executor: (files) => shellExecutor({ root, files }) },
)
