// Lets a key open the clusters of one's world, and forgets it.
import { control } from './mock.ts'

const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me'
const key = await control.sshKeys.add(line)
console.log(key.fingerprint.split(':')[0])
console.log((await control.sshKeys.list()).length)
await control.sshKeys.remove(key.id)
console.log((await control.sshKeys.list()).length)
