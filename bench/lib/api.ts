import type { Server } from './servers.ts'

/** One call of the API during set-up; measures themselves send their load from other processes. */
export async function call<Answer>(
  server: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { ...server.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
  return (text === '' ? null : JSON.parse(text)) as Answer
}

export const jobsPage = '/api/v2/jobs/?page_size=25'

/** Jobs with what the tutorial's first job has: one analysis, two cores, a command. They are not submitted. */
export async function createJobs(server: Server, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const job = await call<{ id: string }>(server, 'POST', '/api/v2/jobs/', jobDefinition(index))
    ids.push(job.id)
  }
  return ids
}

function jobDefinition(index: number): object {
  return {
    name: `Bench job ${index}`,
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command: 'python calculate_pi.py',
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      },
    ],
  }
}
