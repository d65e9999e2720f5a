import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOrder } from '../../domain/executor.ts'
import { hostFiles } from '../host-files.ts'

export async function placeHostFiles(order: RunOrder, home: string): Promise<void> {
  for (const [name, content] of hostFiles(order)) await writeFile(join(home, name), content, { mode: 0o644 })
}
