import { spawn } from 'node:child_process'
import { chmod, mkdir, readFile, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { extract } from 'tar'
import { ended, ensureBuilt, projectFolder } from './built-cli.ts'

interface PackageJson {
  readonly name: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies: Readonly<Record<string, string>>
}

/**
 * Installs into a folder what `npm pack` makes: that, and of our dependencies those that the package names, by links. What
 * is missing in `files`, `exports` or `dependencies` is missing here as it is for users; no registry is asked.
 */
export async function installPacked(folder: string): Promise<PackageJson> {
  await ensureBuilt()
  const modules = join(folder, 'node_modules')
  const home = join(modules, 'localscale')
  await mkdir(home, { recursive: true })
  await extract({ file: await pack(folder), cwd: home, strip: 1 })
  const installed = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as PackageJson
  for (const name of Object.keys(installed.dependencies)) await linkDependency(name, modules)
  for (const [name, file] of Object.entries(installed.bin)) await linkCommand(name, join(home, file), modules)
  return installed
}

/** The tarball. Built already, so no script is run. */
async function pack(folder: string): Promise<string> {
  const child = spawn('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: projectFolder,
    shell: process.platform === 'win32',
  })
  const { code, stdout, stderr } = await ended(child)
  if (code !== 0) throw new Error(`npm pack ended with ${code}: ${stderr}`)
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  return join(folder, filename)
}

async function linkDependency(name: string, modules: string): Promise<void> {
  const link = join(modules, name)
  await mkdir(dirname(link), { recursive: true })
  await symlink(join(projectFolder, 'node_modules', name), link, 'junction')
}

async function linkCommand(name: string, file: string, modules: string): Promise<void> {
  await mkdir(join(modules, '.bin'), { recursive: true })
  await chmod(file, 0o755)
  await symlink(file, join(modules, '.bin', name))
}
