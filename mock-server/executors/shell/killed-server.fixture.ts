import { join } from 'node:path'
import { diskFileStore } from '../../stores/disk-file-store.ts'
import { anAnalysis, anOrder } from '../testing/orders.ts'
import { shellExecutor } from './shell-executor.ts'

// A server that starts a run with a daemon and then waits to be killed.
const folder = process.argv[2] ?? ''
const executor = shellExecutor({ root: join(folder, 'runs'), files: diskFileStore(join(folder, 'files')) })
const command = `(setsid bash -c 'echo $$ > "${folder}/daemon"; exec sleep inf' &); echo $$ > "${folder}/command"; sleep inf; true`
executor.execute(anOrder(anAnalysis(command)))
setInterval(() => {}, 60_000)
