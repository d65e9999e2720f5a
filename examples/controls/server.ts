// A world of its own for a test, whose jobs end at once; made and ended with the admin token.
import { control, get } from './mock.ts'

const before = await control.server.settings()
const { pace } = await control.server.changeSettings({ pace: 'settled' })
console.log(pace)
const { tenantId, apiKey } = await control.server.createTenant()
await control.server.changeSettings(before)
console.log((await get('/api/v2/users/me/', apiKey)).status)
await control.server.deleteTenant(tenantId)
console.log(204)
