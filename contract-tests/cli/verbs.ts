import type { Command } from 'commander'
import { gridCommand } from './grid-command.ts'
import type { Io } from './io.ts'
import { listCommand } from './list-command.ts'
import { runCommand } from './run-command.ts'

/** The first is meant when none is named. */
export const verbs: readonly ((io: Io) => Command)[] = [runCommand, listCommand, gridCommand]
