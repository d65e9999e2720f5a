import { expect, it } from 'vitest'
import { aJob, jobIn, logLines, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

// That every described control exists is a matter of types; that answers are as described, the target watches.
describeRescale('controls', (target) => {
  const outcome = (jobId: string, ending: unknown) =>
    target().fetch(`/_mock/jobs/${jobId}/outcome/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ending),
    })

  it('lists the endings that there are', async () => {
    expect(await target().control.endings.list()).toHaveLength(18)
  })

  it('lets a saved job end as it is told', async () => {
    const { id } = await savedJob(target())
    expect(await target().control.endings.ask(id, 'out-of-memory after 5m')).toEqual({
      jobId: id,
      ending: 'out-of-memory',
      afterSeconds: 300,
    })
    await target().fetch(`/api/v2/jobs/${id}/submit/`, { method: 'POST' })
    target().world.settle()
    expect((await logLines(target(), id)).join()).toContain('Exited with code 137')
  })

  it('takes the same wish in process', async () => {
    const { id } = await submittedJob(target())
    target().world.askEnding(id, 'out-of-memory')
    target().world.settle()
    expect((await logLines(target(), id)).join()).toContain('Exited with code 137')
    expect(() => target().world.askEnding(id, 'explodes')).toThrow('There is no ending')
  })

  it.each([
    [{ ending: 'explodes' }, { ending: [expect.any(String)] }],
    [{}, { ending: ['This field is required.'] }],
    [{ ending: 'walltime', when: 'now' }, { when: ['There is no such field.'] }],
    [['walltime'], { non_field_errors: [expect.any(String)] }],
  ])('refuses the wish %j', async (wish, errors) => {
    const { id } = await savedJob(target())
    const answer = await outcome(id, wish)
    expect([answer.status, await answer.json()]).toEqual([400, errors])
  })

  it('knows only jobs of its own world', async () => {
    expect((await outcome('ABCDEF', { ending: 'walltime' })).status).toBe(404)
  })

  it('refuses what comes too late', async () => {
    const { id } = await jobIn(target(), 'Completed', aJob({ command: 'echo done' }))
    expect((await outcome(id, { ending: 'walltime' })).status).toBe(400)
  })

  it('registers, lists and forgets keys', async () => {
    const { sshKeys } = target().control
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me'
    const added = await sshKeys.add(line)
    expect(await sshKeys.list()).toEqual([added])
    expect(target().world.authorizedKeys.list()).toEqual([added])
    await sshKeys.remove(added.id)
    expect(await sshKeys.list()).toEqual([])
    await expect(sshKeys.remove(added.id)).rejects.toMatchObject({ name: 'ControlError', status: 404 })
    await expect(sshKeys.add('no key')).rejects.toMatchObject({ status: 400 })
  })
})
