import type { Command } from 'commander'
import type { Session } from '../session.ts'
import { defineChange } from './jobs/change.ts'
import { defineCreate } from './jobs/create.ts'
import { defineOutput } from './jobs/output.ts'
import { defineRead } from './jobs/read.ts'
import { defineWatch } from './jobs/watch.ts'

export function defineJobs(command: Command, session: Session): void {
  defineRead(command, session)
  defineCreate(command, session)
  defineWatch(command, session)
  defineChange(command, session)
  defineOutput(command, session)
}
