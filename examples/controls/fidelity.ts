// How well it is known what the mock answers: by which source, for one operation.
import { control } from './mock.ts'

const [operation] = (await control.fidelity('deleteJob')).operations
console.log(operation?.grade, operation?.source)
