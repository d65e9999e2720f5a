// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates have placeholders of this form
import { expect, it } from 'vitest'
import type { components } from '../../openapi/generated/schema.d.ts'
import { aJob, jobStatuses, logLines, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

type JobCreate = components['schemas']['JobCreate']

const cases = 'Xvelocity,Yvelocity\n25.999249,-0.4538185794\n26.00221929,-0.2269179301\n26.00320942,0\n'

/** As clients of 2019 and 2020 send it (TakahisaShiratori's doe_job_config.json, RescaleDoeClient). */
async function aStudy(target: Target, { slots = 1, command = 'cat case/0/U' } = {}): Promise<JobCreate> {
  const paramFile = await uploadedFile(target, 'freestreamvalue.csv', cases)
  const template = await uploadedFile(target, 'utemplate', 'v (${Xvelocity} ${Yvelocity?string("0.00")})\n')
  const job = aJob({ command, paramFile: { id: paramFile.id }, jobvariables: [], inputFileParseTask: '' })
  for (const analysis of job.jobanalyses) {
    analysis.hardware.slots = slots
    analysis.templateTasks = [{ templateFile: { id: template.id }, processedFilename: 'case/0/U' }]
  }
  return job
}

async function runsOf({ client }: Target, jobId: string, query: Record<string, number> = {}) {
  const params = { path: { jobId }, query }
  const { data } = await client.GET('/api/v2/jobs/{jobId}/runs/', { params })
  if (!data) throw new Error('there are no runs')
  return data
}

async function untilExecuting(target: Target, jobId: string): Promise<void> {
  while ((await jobStatuses(target, jobId))[0] !== 'Executing') target.world.advance('1s')
}

describeRescale('a design of experiments', (target) => {
  it('is saved with the number of its runs and the names of its variables', async () => {
    const job = await savedJob(target(), await aStudy(target()))
    expect(job).toMatchObject({
      expectedRuns: 3,
      paramFile: { name: 'freestreamvalue.csv' },
      jobvariables: [
        { name: 'Xvelocity', variableType: 'Param', displayOrder: 0 },
        { name: 'Yvelocity', variableType: 'Param', displayOrder: 1 },
      ],
      jobanalyses: [
        { templateTasks: [{ processedFilename: 'case/0/U', templateFile: { name: 'utemplate' } }] },
      ],
    })
    const again = await target().fetch('/api/v2/jobs/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(job),
    })
    expect(again.status).toBe(201)
  })

  it('lists its runs in order, in pages, those without a slot not started', async () => {
    const job = await submittedJob(target(), await aStudy(target(), { slots: 2, command: 'sleep 60' }))
    expect((await runsOf(target(), job.id)).count).toBe(0)
    await untilExecuting(target(), job.id)
    const runs = await runsOf(target(), job.id)
    expect(runs.results.map(({ id, type, dateStarted }) => [id, type, dateStarted !== null])).toEqual([
      ['1', 3, true],
      ['2', 3, true],
      ['3', 3, false],
    ])
    expect(runs.results[1]?.variables).toEqual([
      { name: 'Xvelocity', value: 26.00221929, displayValue: '26.00221929', isRelative: false },
      { name: 'Yvelocity', value: -0.2269179301, displayValue: '-0.2269179301', isRelative: false },
    ])
    const page = await runsOf(target(), job.id, { page: 2, page_size: 2 })
    expect([page.count, page.next, page.results.map(({ id }) => id)]).toEqual([3, null, ['3']])
    target().world.advance('61s')
    const later = await runsOf(target(), job.id)
    expect(
      later.results.map(({ dateStarted, dateCompleted }) => [dateStarted, dateCompleted].map(Boolean)),
    ).toEqual([
      [true, true],
      [true, true],
      [true, false],
    ])
  })

  it('gives every run its values, its folder and its outputs', async () => {
    const job = await submittedJob(target(), await aStudy(target()))
    target().world.settle()
    expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/files/', {
      params: { path: { jobId: job.id }, query: { search: 'process_output.log' } },
    })
    expect(data?.results.map(({ path }) => path.replace(/^.*\/job_/, 'job_'))).toEqual(
      [3, 2, 1].map((number) => `job_${job.id}/run${number}/process_output.log`),
    )
    const third = { path: { jobId: job.id, runId: '3' } }
    const files = await target().client.GET('/api/v2/jobs/{jobId}/runs/{runId}/files/', { params: third })
    expect(files.data?.results.map(({ relativePath }) => relativePath)).toEqual([
      'process_output.log',
      'case/0/U',
    ])
    const contents = await target().fetch(`/api/v2/files/${files.data?.results[1]?.id}/contents/`)
    expect(await contents.text()).toBe('v (26.00320942 0.00)\n')
    expect((await logLines(target(), job.id)).join('')).toContain('v (26.00320942 0.00)')
    const run = await target().client.GET('/api/v2/jobs/{jobId}/runs/{runId}/', { params: third })
    expect(run.data).toMatchObject({ id: '3', displayOrder: 3, outputFileCount: 2, type: 3 })
    const missing = await target().fetch(`/api/v2/jobs/${job.id}/runs/4/`)
    expect(missing.status).toBe(404)
  })

  it('shows what post-processing found among the variables of its runs', async () => {
    const study = await aStudy(target())
    for (const analysis of study.jobanalyses)
      analysis.postProcessScriptCommand = 'printf "Cd\\t-0.0187556\\nCl\\t0.140742\\n"'
    const job = await submittedJob(target(), study)
    target().world.settle()
    const runs = await runsOf(target(), job.id)
    expect(runs.results[0]?.variables.slice(2)).toEqual([
      { name: 'Cd', value: -0.0187556, displayValue: '-0.0187556', isRelative: false },
      { name: 'Cl', value: 0.140742, displayValue: '0.140742', isRelative: false },
    ])
  })

  it('goes on after a run that fails', async () => {
    const job = await submittedJob(target(), await aStudy(target(), { command: 'cat missing' }))
    target().world.settle()
    const runs = await runsOf(target(), job.id)
    expect(runs.results.map(({ dateCompleted }) => dateCompleted !== null)).toEqual([true, true, true])
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/statuses/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results[0]).toMatchObject({ status: 'Completed', statusReason: 'A run failed' })
  })

  it('ends as a whole when it is stopped', async () => {
    const job = await submittedJob(target(), await aStudy(target(), { slots: 2, command: 'sleep inf' }))
    await untilExecuting(target(), job.id)
    await target().fetch(`/api/v2/jobs/${job.id}/stop/`, { method: 'POST' })
    target().world.settle()
    expect((await jobStatuses(target(), job.id)).slice(0, 2)).toEqual(['Completed', 'Stopping'])
    const runs = await runsOf(target(), job.id)
    expect(runs.results.map(({ dateCompleted }) => dateCompleted !== null)).toEqual([true, true, false])
  })

  it('may get its cases from ranges', async () => {
    const range = (name: string, maxvalue: number) => ({
      name,
      variableType: 'Param',
      valueGeneratorType: 'FixedRange',
      valueGeneratorSettings: { minvalue: 1, maxvalue, increment: 1 },
    })
    const job = await submittedJob(
      target(),
      aJob({ command: 'true', jobvariables: [range('a', 2), range('b', 2)] }),
    )
    target().world.settle()
    const runs = await runsOf(target(), job.id)
    expect(runs.results.map(({ variables }) => variables.map(({ value }) => value))).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ])
  })

  it('is refused when its cases or templates cannot be used', async () => {
    const broken = await uploadedFile(target(), 'broken.csv', 'a,b\n1,2\n3\n')
    const create = async (changes: Record<string, unknown>) => {
      const body = JSON.stringify({ ...(await aStudy(target())), ...changes })
      const headers = { 'content-type': 'application/json' }
      const response = await target().fetch('/api/v2/jobs/', { method: 'POST', headers, body })
      return [response.status, await response.json()]
    }
    expect(await create({ paramFile: { id: broken.id } })).toEqual([
      400,
      { paramFile: ['Line 3: 1 values for 2 variables.'] },
    ])
    expect(await create({ paramFile: { id: 'ABCDEF' } })).toEqual([
      400,
      { paramFile: ['Invalid pk "ABCDEF" - object does not exist.'] },
    ])
    const { jobanalyses } = aJob()
    const templateTasks = [{ templateFile: { id: 'ABCDEF' }, processedFilename: 'f' }]
    expect(await create({ jobanalyses: [{ ...jobanalyses[0], templateTasks }] })).toEqual([
      400,
      {
        jobanalyses: [
          { templateTasks: [{ templateFile: ['Invalid pk "ABCDEF" - object does not exist.'] }] },
        ],
      },
    ])
  })
})
