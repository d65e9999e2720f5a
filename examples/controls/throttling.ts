// What the platform does with clients that ask too often, with a limit that a test can reach.
import { control, get } from './mock.ts'

await control.time.freeze()
await control.throttling.turnOn({ user: 2 })
let answer = await get('/api/v2/users/me/')
console.log(answer.status)
console.log((await get('/api/v2/users/me/')).status)
answer = await get('/api/v2/users/me/')
console.log(answer.status)
console.log(`Retry-After: ${answer.headers.get('retry-after')}`)
const user = (await control.throttling.read()).scopes.find(({ scope }) => scope === 'user')
console.log(`refused: ${user?.refused} of ${user?.requests}`)
await control.throttling.turnOff()
