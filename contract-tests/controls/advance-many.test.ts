import { expect, it } from 'vitest'
import { dateOf } from '../../mock-server/domain/instant.ts'
import type { World } from '../../mock-server/index.ts'
import { aJob, submittedJob } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

/** One status of one job or cluster: whose, which, and when, in milliseconds. */
type Row = readonly [what: string, status: string, at: number]

/** Lives that go on beside each other: quick and long ones, one that is stopped from outside, one that begins again. */
const lives = [
  { name: 'long', command: 'sleep 4000', walltime: 2 },
  { name: 'short', command: 'sleep 5' },
  { name: 'over time', command: 'sleep inf' },
  { name: 'gone [mock:spot-reclaimed]', command: 'sleep 700' },
  { name: 'failing', command: 'sleep 61; exit 3' },
  { name: 'short, too', command: 'sleep 4' },
] as const

const rowsIn = ({ platform }: World): Row[] =>
  platform
    .jobs()
    .slice(0, platform.jobs().count)
    .flatMap(({ id, statuses, cluster }) => [
      ...statuses.map((row): Row => [`job ${id}`, row.status, dateOf(row.at).getTime()]),
      ...(cluster?.statuses ?? []).map((row): Row => [`cluster ${id}`, row.status, dateOf(row.at).getTime()]),
    ])

/** Over the API, of these jobs. */
async function rowsOver({ fetch }: Target, jobIds: readonly string[]): Promise<Row[]> {
  const listed = async (what: string, path: string): Promise<Row[]> => {
    const answer = await fetch(`/api/v2/jobs/${path}?page_size=100`)
    const { results = [] } = (await answer.json()) as {
      results?: { status: string; statusDate: string }[]
    }
    // A job has no cluster from the beginning.
    if (answer.status !== 200 && !path.endsWith('cluster_statuses/')) throw new Error(String(answer.status))
    return results.map(({ status, statusDate }) => [what, status, Date.parse(statusDate)])
  }
  const all = jobIds.flatMap((id) => [
    listed(`job ${id}`, `${id}/statuses/`),
    listed(`cluster ${id}`, `${id}/cluster_statuses/`),
  ])
  return (await Promise.all(all)).flat()
}

const inOrder = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => (String(one) < String(other) ? -1 : 1))

/** Goes from one thing that is due to the next, and notes which statuses came at which instant that `due` had told. */
function tell(world: World): Row[] {
  const told: Row[] = []
  for (let known = rowsIn(world).map(String); world.due().length > 0; ) {
    const at = world.due()[0]?.at.getTime() ?? Number.NaN
    world.advanceTo('next')
    const rows = rowsIn(world)
    for (const row of rows) if (!known.includes(String(row))) told.push([row[0], row[1], at])
    known = rows.map(String)
  }
  return told
}

describeRescale('many jobs in one advance', (target) => {
  const submitAll = async (): Promise<string[]> => {
    const ids: string[] = []
    for (const life of lives) {
      ids.push((await submittedJob(target(), aJob(life))).id)
      target().world.advance('1s')
    }
    return ids
  }

  it('have every status at the instant at which it was due, as when time goes from one to the next', async () => {
    const ids = await submitAll()
    const { rescale, world, control } = target()
    const [twin, other] = [rescale.world(world.fork().apiKey), rescale.world(world.fork().apiKey)]
    const before = await rowsOver(target(), ids)
    const { due } = await control.time.read()
    expect(due.length).toBeGreaterThanOrEqual(lives.length)
    const told = tell(twin)
    await control.time.advance('9h')
    const rows = await rowsOver(target(), ids)
    const coming = rows.filter((row) => !before.map(String).includes(String(row)))
    expect(inOrder(coming)).toEqual(inOrder(told.filter(([what]) => ids.includes(what.split(' ')[1] ?? ''))))
    for (const event of due)
      if ('to' in event && 'jobId' in event)
        expect(coming.map(String)).toContain(
          String([`${event.kind.split('-')[0]} ${event.jobId}`, event.to, Date.parse(event.at)]),
        )
    // They really went on beside each other.
    const jobsInOrder = told.filter(([what]) => what.startsWith('job ')).map(([what]) => what)
    expect(jobsInOrder.filter((what, place) => what !== jobsInOrder[place - 1]).length).toBeGreaterThan(
      2 * lives.length,
    )
    // Ids are given in the order in which things happen.
    expect(filesIn(world)).toEqual(filesIn(twin))
    other.advance('9h')
    expect([rowsIn(other), filesIn(other)]).toEqual([rowsIn(world), filesIn(world)])
  })

  it('are where their own clocks have them when time was moved until one of them is', async () => {
    const ids = await submitAll()
    const { rescale, world, control } = target()
    const [twin, other] = [rescale.world(world.fork().apiKey), rescale.world(world.fork().apiKey)]
    const before = await rowsOver(target(), ids)
    const goal = { job: ids[3] ?? '', status: 'Completed' } as const
    const told = tell(twin)
    const end = told.find(([what, status]) => what === `job ${goal.job}` && status === goal.status)?.[2] ?? 0
    await control.time.advanceUntil(goal)
    expect(other.advanceTo(goal)).toBe(true)
    expect([world.now().getTime(), other.now().getTime()]).toEqual([end, end])
    const rows = await rowsOver(target(), ids)
    const until = [...before, ...told.filter(([, , at]) => at < end)].map(String)
    expect(rows.map(String)).toEqual(expect.arrayContaining(until))
    expect(rows.filter(([, , at]) => at > end)).toEqual([])
    expect(rowsIn(other)).toEqual(rowsIn(world))
    // Of the others some are over, and some are not.
    const over = ids.map((id) =>
      rows.some(([what, status]) => what === `job ${id}` && status === 'Completed'),
    )
    expect(over).toEqual([false, true, false, true, true, true])
  })
})

const filesIn = ({ platform }: World) =>
  platform
    .files()
    .slice(0, platform.files().count)
    .map(({ id, name, dateUploaded }) => [id, name, dateUploaded])
