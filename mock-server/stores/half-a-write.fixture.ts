// Writes one file whole and another half, says the id of the first, and waits to be killed.
import { diskFileStore } from './disk-file-store.ts'
import { MiB, someBytes } from './file-store.fixtures.ts'

const store = diskFileStore(process.argv[2] ?? '')
const { id } = store.put(someBytes(100))
const half = store.writer()
for (let written = 0; written < 4; written += 1) await half.write(someBytes(MiB))
process.stdout.write(`${id}\n`)
process.stdin.resume()
