import { spawn } from 'node:child_process'
import { type Ended, ended, ensureBuilt, projectFolder } from './built-cli.ts'

/** Makes the tarball that users get, in a folder. All is built already, so no script is run. */
export async function packInto(folder: string): Promise<void> {
  await ensureBuilt()
  const { code, stderr }: Ended = await ended(
    spawn('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: projectFolder,
      shell: process.platform === 'win32',
    }),
  )
  if (code !== 0) throw new Error(`npm pack ended with ${code}: ${stderr}`)
}
