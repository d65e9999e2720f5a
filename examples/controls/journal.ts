// Why a request failed, whether another was made, and all of them as HAR and as curl.
import { control, get, saveJob } from './mock.ts'

const { RESCALE_URL, RESCALE_KEY } = process.env
const headers = { authorization: `Token ${RESCALE_KEY}` }
const redirect = await fetch(`${RESCALE_URL}/api/v2/jobs`, { headers, redirect: 'manual' })
console.log(redirect.headers.get('x-mock-why'))
await get('/api/v2/jobs/ABCDEF/')
const { entries } = await control.journal.list({ failed: true, status: '404' })
console.log(entries[0]?.answer?.status, entries[0]?.why?.code)
console.log((await control.journal.entry(entries[0]?.number ?? 0)).operationId)
await saveJob()
const created = await control.journal.list({ operation: 'createJob', search: 'echo done' })
console.log(created.entries.length)
const request = { operation: 'createJob', body: { name: 'pi' } }
console.log((await control.journal.verify({ request, exactly: 1 })).verified)
const { verified, text } = await control.journal.verify({ request, atLeast: 2, timeout: '50ms' })
console.log(verified)
console.log(/was to be asked at least twice/.exec(text)?.[0])
const { log } = (await control.journal.har()) as { log: { version: string } }
console.log(log.version)
console.log('curl', (await control.journal.curl()).match(/^curl /gm)?.length)
await control.journal.clear()
console.log((await control.journal.list()).count)

// Off, it keeps nothing.
await control.journal.switch(false)
await get('/api/v2/users/me/')
console.log((await control.journal.list()).count)
await control.journal.switch(true)
await get('/api/v2/users/me/')
console.log((await control.journal.list()).count)
