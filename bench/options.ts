import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

export const usage = `npm run bench -- [options]

  --only NAME,…    only these measures
  --quick          short rounds and small files: shows that everything runs, says nothing about speed
  --json FILE      writes all samples, with the machine, as JSON
  --write-docs     puts the table into docs/performance.md
  --product FILE   the built CLI (default: dist/cli/localscale.js)
  --temp FOLDER    where the temporary folder is made (default: ${tmpdir()}); about 6 GiB are needed
  --list           names the measures
`

export interface BenchOptions {
  readonly only: readonly string[]
  readonly quick: boolean
  readonly json: string | null
  readonly writeDocs: boolean
  readonly product: string | null
  readonly temp: string
  readonly list: boolean
}

export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
      product: { type: 'string' },
      temp: { type: 'string', default: tmpdir() },
      list: { type: 'boolean', default: false },
    },
  })
  return {
    only: values.only.split(',').filter(Boolean),
    quick: values.quick,
    json: values.json ?? null,
    writeDocs: values['write-docs'],
    product: values.product ?? null,
    temp: values.temp,
    list: values.list,
  }
}
