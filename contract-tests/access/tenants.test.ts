import { expect, it } from 'vitest'
import { savedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const stranger = { headers: { authorization: `Token ${'e'.repeat(40)}` } }

describeRescale('another key', (target) => {
  it('sees neither jobs nor files of this one', async () => {
    const job = await savedJob(target())
    const file = await uploadedFile(target(), 'secret.txt', 'mine')
    for (const path of [
      `jobs/${job.id}/`,
      `jobs/${job.id}/statuses/`,
      `files/${file.id}/`,
      `files/${file.id}/contents/`,
    ]) {
      const response = await target().anonymous(`/api/v2/${path}`, stranger)
      expect([path, response.status, await response.json()]).toEqual([path, 404, { detail: 'Not found.' }])
    }
  })

  it('cannot use a file of this one as an input', async () => {
    const file = await uploadedFile(target(), 'secret.txt', 'mine')
    const response = await target().anonymous('/api/v2/jobs/', {
      method: 'POST',
      headers: { ...stranger.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'theft',
        jobanalyses: [
          {
            analysis: { code: 'user_included', version: '0' },
            command: 'cat secret.txt',
            hardware: { coreType: 'granite', coresPerSlot: 2 },
            inputFiles: [{ id: file.id }],
          },
        ],
      }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      jobanalyses: [{ inputFiles: [{ id: [expect.any(String)] }] }],
    })
  })
})
