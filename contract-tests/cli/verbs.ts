import type { Command } from 'commander'
import { allowCommand } from './allow-command.ts'
import { deadManCommand } from './dead-man-command.ts'
import { driftCommand } from './drift-command.ts'
import { exportCommand } from './export-command.ts'
import { gridCommand } from './grid-command.ts'
import { importCommand } from './import-command.ts'
import type { Io } from './io.ts'
import { listCommand } from './list-command.ts'
import { reapCommand } from './reap-command.ts'
import { replayCommand } from './replay-command.ts'
import { runCommand } from './run-command.ts'
import { selfcheckCommand } from './selfcheck-command.ts'

/** The first is meant when none is named. */
export const verbs: readonly ((io: Io) => Command)[] = [
  runCommand,
  listCommand,
  gridCommand,
  driftCommand,
  selfcheckCommand,
  allowCommand,
  reapCommand,
  exportCommand,
  importCommand,
  replayCommand,
  deadManCommand,
]
