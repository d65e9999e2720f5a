// A world of its own for a test, whose jobs end at once; made and ended with the admin token. And the end of all.
import { control, get } from './mock.ts'

const { server } = control
const before = await server.settings()
const { pace } = await server.changeSettings({ pace: 'settled' })
console.log(pace)
const { tenantId, apiKey } = await server.createTenant()
await server.changeSettings(before)
console.log((await get('/api/v2/users/me/', apiKey)).status)
const isThere = async () => (await server.tenants()).some((tenant) => tenant.tenantId === tenantId)
console.log(await isThere())
await server.deleteTenant(tenantId)
console.log(await isThere())
console.log((await get('/api/v2/users/me/', 'no key')).status)
console.log((await server.unclaimed())[0]?.why?.code)
console.log((await server.shutDown()).detail)
