import type { Command } from 'commander'
import type { Analysis, CoreType } from '../../types.ts'
import { limited, withLimit } from '../limit.ts'
import type { Session } from '../session.ts'
import type { Column } from '../table.ts'

export function defineUser(command: Command, session: Session): void {
  command
    .command('get', { isDefault: true })
    .description('name, e-mail address and company')
    .action(async () => {
      const user = await (await session.client()).user.get({ signal: session.signal })
      await session.out.item(user, [
        ['e-mail', user.email],
        ['name', user.fullName],
        ['company', user.company.name ?? user.company.code],
        ['workspace', user.workspace.name],
      ])
    })
}

export function defineProjects(command: Command, session: Session): void {
  const list = command.command('list', { isDefault: true }).description('ids and names')
  withLimit(list).action(async (options) => {
    const client = await session.client()
    await limited(session, client.projects.list({}, { signal: session.signal }), options, [
      { title: 'id', value: ({ id }) => id },
      { title: 'name', value: ({ name }) => name },
    ])
  })
}

const coreTypeColumns: readonly Column<CoreType>[] = [
  { title: 'code', value: ({ code }) => code },
  { title: 'cores', value: ({ cores }) => cores.join(',') },
  { title: 'GB/core', value: ({ memory }) => Math.round(memory / 100) / 10 },
  { title: 'economy/h', value: ({ lowPriorityPrice }) => Number(lowPriorityPrice) },
  { title: 'on-demand/h', value: ({ price }) => price },
  { title: 'categories', value: ({ categoryCodes }) => categoryCodes.join(',') },
  { title: 'processor', value: ({ processorInfo }) => processorInfo },
]

export function defineCoreTypes(command: Command, session: Session): void {
  const list = command
    .command('list')
    .description(
      'core types that jobs can be submitted on, with cores for a slot and prices for a core and hour',
    )
    .option('--category <code>', 'of this category only, such as general')
    .option('--all', 'those too that are deprecated')
  withLimit(list).action(async (options) => {
    const client = await session.client()
    const all = client.coreTypes.list({ page_size: 100 }, { signal: session.signal })
    const isWanted = ({ categoryCodes, isDeprecated }: CoreType) =>
      (options.all || !isDeprecated) && (!options.category || categoryCodes.includes(options.category))
    await limited(session, filtered(all, isWanted), options, coreTypeColumns)
  })
  command
    .command('get <coretype>')
    .description('one core type')
    .action(async (code: string) => {
      const client = await session.client()
      for await (const found of client.coreTypes.list({ page_size: 100 }, { signal: session.signal }))
        if (found.code === code)
          return session.out.item(
            found,
            coreTypeColumns.map(({ title, value }) => [title, value(found)]),
          )
      session.fail('notFound', `There is no core type ${code}`, 'rescale coretypes list shows them.')
    })
}

const analysisColumns: readonly Column<Analysis>[] = [
  { title: 'code', value: ({ code }) => code },
  { title: 'name', value: ({ name }) => name },
  { title: 'vendor', value: ({ vendorName }) => vendorName },
  { title: 'versions', value: ({ versions }) => versions.length },
  { title: 'newest', value: ({ versions }) => versions[0]?.versionCode },
]

export function defineAnalyses(command: Command, session: Session): void {
  const list = command
    .command('list')
    .description('software tiles')
    .option('--search <text>', 'with this text in code, name or vendor')
  withLimit(list).action(async (options) => {
    const client = await session.client()
    const text = (options.search ?? '').toLowerCase()
    const isWanted = ({ code, name, vendorName }: Analysis) =>
      [code, name, vendorName].some((part) => part?.toLowerCase().includes(text))
    const all = client.analyses.list({ page_size: 100 }, { signal: session.signal })
    await limited(session, filtered(all, isWanted), options, analysisColumns)
  })
  command
    .command('get <analysis>')
    .description('one tile with its versions')
    .action(async (code: string) => {
      const analysis = await (await session.client()).analyses.get(code, { signal: session.signal })
      if (session.out.form !== 'human') return session.out.json(analysis)
      await session.out.item(
        analysis,
        analysisColumns.map(({ title, value }) => [title, value(analysis)]),
      )
      await session.out.list(analysis.versions, [
        { title: 'version code', value: ({ versionCode }) => versionCode },
        { title: 'version', value: ({ version }) => version },
      ])
    })
}

async function* filtered<Item>(items: AsyncIterable<Item>, isWanted: (item: Item) => boolean) {
  for await (const item of items) if (isWanted(item)) yield item
}
