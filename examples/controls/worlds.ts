// A baseline for every test: made once, gone back to as often as one likes, and given to others.
import { client, control, saveJob } from './mock.ts'

await control.world.reset()
const before = (await control.world.read()).jobs
await saveJob()
await control.world.snapshot('baseline')
await saveJob()
console.log((await control.world.read()).jobs - before)
console.log((await control.world.restore('baseline')).jobs - before)

const fork = await control.world.fork()
await saveJob()
console.log((await control.world.read()).jobs - before)
console.log(fork.apiKey.length)

// The whole world as one file, and back.
const file = await new Response(
  (await control.world.export()) as ReadableStream<Uint8Array<ArrayBuffer>>,
).blob()
await control.world.reset()
console.log((await control.world.import(file)).jobs - before)
console.log((await client.jobs.list({ page_size: 1 }).first())?.name)
console.log((await control.world.snapshots()).map(({ name }) => name).join())
await control.world.dropSnapshot('baseline')
console.log((await control.world.snapshots()).length)
