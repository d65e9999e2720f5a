import type { Command } from 'commander'
import { driftCommand } from './drift-command.ts'
import { gridCommand } from './grid-command.ts'
import type { Io } from './io.ts'
import { listCommand } from './list-command.ts'
import { runCommand } from './run-command.ts'
import { selfcheckCommand } from './selfcheck-command.ts'

/** The first is meant when none is named. */
export const verbs: readonly ((io: Io) => Command)[] = [
  runCommand,
  listCommand,
  gridCommand,
  driftCommand,
  selfcheckCommand,
]
