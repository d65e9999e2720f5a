import { mkdir, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { Io } from '../../client/cli/io.ts'
import { nouns } from '../../client/cli/nouns.ts'
import { Session } from '../../client/cli/session.ts'
import type { Job } from '../../client/index.ts'
import { aCommandLine, type CommandLine } from './call.ts'

const A_JOB = '--command true --coretype granite --cores 2 --walltime 1'

/** The words of a call, with what they need made first. */
export type Words = (line: CommandLine) => Promise<string[]>

export const words =
  (text: string): Words =>
  async () =>
    text.split(' ')

async function aJobId(line: CommandLine, ...more: string[]): Promise<string> {
  return (await line.json<Job>(['jobs', 'create', ...A_JOB.split(' '), ...more])).id
}

async function aDoneJobId(line: CommandLine): Promise<string> {
  const id = await aJobId(line, '--submit')
  line.rescale.world().settle()
  return id
}

async function aFileId(line: CommandLine): Promise<string> {
  await writeFile(line.in('up.txt'), 'one\ntwo\n')
  const [file] = await line.json<{ id: string }[]>(['files', 'upload', line.in('up.txt')])
  return file?.id ?? ''
}

const ofJob =
  (verb: string, ...more: string[]): Words =>
  async (line) => ['jobs', verb, await aJobId(line), ...more]

const ofDoneJob =
  (verb: string, ...more: string[]): Words =>
  async (line) => ['jobs', verb, await aDoneJobId(line), ...more]

export const ofRunningJob =
  (...verb: string[]): Words =>
  async (line) => {
    const id = await aJobId(line, '--submit')
    line.rescale.world().advanceTo({ job: id, status: 'Executing' })
    return ['jobs', ...verb, id]
  }

const ofFile =
  (verb: string, ...more: string[]): Words =>
  async (line) => ['files', verb, await aFileId(line), ...more]

const withFolder =
  (...args: string[]): Words =>
  async (line) => {
    await mkdir(line.in('case'), { recursive: true })
    await writeFile(line.in('case/a.inp'), 'a')
    return args.map((arg) => arg.replace('CASE', line.in('case')).replace('TO', line.in('to')))
  }

/** What each verb that the issue names is called with; all of them show data in three forms. */
export const calls: Readonly<Record<string, Words>> = {
  'profile init': words('profile init new --url https://rescale.test --yes'),
  'profile list': words('profile list'),
  'profile use': words('profile use other --yes'),
  'profile doctor': words('profile doctor'),
  'user get': words('user'),
  'projects list': words('projects'),
  'coretypes list': words('coretypes list'),
  'coretypes get': words('coretypes get granite'),
  'analyses list': words('analyses list'),
  'analyses get': words('analyses get ansys_fluent'),
  'prices list': words('prices list'),
  'prices cheapest': words('prices cheapest --category general'),
  'jobs list': words('jobs list'),
  'jobs get': words('jobs get ObMcJc'),
  'jobs create': words(`jobs create ${A_JOB}`),
  'jobs submit': ofJob('submit'),
  'jobs watch': ofDoneJob('watch'),
  'jobs stop': ofRunningJob('stop', '--yes'),
  'jobs delete': ofJob('delete', '--yes'),
  'jobs logs': ofDoneJob('logs'),
  'jobs tail': ofRunningJob('tail'),
  'jobs outputs': ofDoneJob('outputs'),
  'jobs runs': ofDoneJob('runs'),
  'jobs tag': ofJob('tag', 'blue'),
  'jobs share': ofJob('share', '--email', 'a@example.com'),
  'files list': words('files list'),
  'files upload': withFolder('files', 'upload', 'CASE'),
  'files download': async (line) => [...(await ofFile('download')(line)), '--to', line.in('to')],
  'files rm': ofFile('rm', '--yes'),
  'files lines': ofFile('lines'),
  run: withFolder('run', 'CASE', ...A_JOB.split(' '), '--to', 'TO', '--interval', '1ms'),
  api: words('api GET users/me/'),
}

/** Every noun, or noun and verb, that a person can type, with its command. */
export async function commands(): Promise<Map<string, Command>> {
  const found = await Promise.all(
    nouns.map(async ({ name, load }) => {
      const command = new Command(name)
      ;(await load())(command, new Session({ signal: new AbortController().signal } as Io))
      const below = command.commands.map((verb) => [`${name} ${verb.name()}`, verb] as const)
      return below.length > 0 ? below : [[name, command] as const]
    }),
  )
  return new Map(found.flat())
}

/** A command line with two profiles, whose time stands still. */
export async function aLine(): Promise<CommandLine> {
  const line = await aCommandLine({ pace: 'still' })
  await mkdir(line.in('.config/rescale'), { recursive: true })
  const profile = (name: string) =>
    `[${name}]\napibaseurl = https://rescale.test\napikey = ${line.rescale.apiKey}\n`
  await writeFile(line.in('.config/rescale/apiconfig'), profile('default') + profile('other'), {
    mode: 0o600,
  })
  return line
}
