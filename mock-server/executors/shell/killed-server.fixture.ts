import { join } from 'node:path'
import { diskFileStore } from '../../stores/disk-file-store.ts'
import { anAnalysis, anOrder } from '../testing/orders.ts'
import { shellExecutor } from './shell-executor.ts'

// A server that starts a run with a daemon and then waits to be killed.
const folder = process.argv[2] ?? ''
const isolation = process.argv[3] === 'required' ? 'required' : 'none'
const files = diskFileStore(join(folder, 'files'))
const executor = shellExecutor({ root: join(folder, 'runs'), files, isolation })
const command = `(setsid bash -c 'exec sleep inf' &); sleep inf; true`
executor.execute(anOrder(anAnalysis(command)))
setInterval(() => {}, 60_000)
