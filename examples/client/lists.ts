// Lists come page by page, as they are needed.
import { createClient } from '../../client/index.ts'

await using client = createClient()
const newest = await client.jobs.list().toArray({ maxItems: 3 })
console.log(`newest: ${newest.length}`)
let general = 0
for await (const { categoryCodes } of client.coreTypes.list())
  if (categoryCodes.includes('general')) general++
console.log(`general core types: ${general > 0}`)
const fluent = await client.analyses.get('ansys_fluent')
console.log(`${fluent.code}: ${fluent.versions.some(({ versionCode }) => versionCode === '2019r1')}`)
