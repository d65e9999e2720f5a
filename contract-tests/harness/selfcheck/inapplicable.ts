const groups = (names: string, kind: string, reason: string): [string, string][] =>
  names.split(' ').map((group) => [`${group} ${kind}`, reason])

const pages = (list: string, reason: string): [string, string][] =>
  [
    'pagination-duplicate: lists an item on two pages',
    'pagination-filter: loses what was asked for on the next page',
    'pagination-link: leads to another host',
  ].map((deviation) => [`pages of ${list} ${deviation}`, reason])

/** Deviations that no scenario gets an answer for, each with the reason why none could. All others have to be seeded. */
export const inapplicable: ReadonlyMap<string, string> = new Map([
  ...[
    'missing-field',
    'type',
    'nullability',
    'undocumented-enum-value',
    'constraint',
    'format-class',
  ].flatMap((kind) =>
    groups('root', kind, 'the root is a map from any name to an address: no field of it is described'),
  ),
  ...groups(
    'analyses billing coretypes sharing',
    'undocumented-enum-value',
    'no field of their answers is a choice',
  ),
  ...groups('billing sharing', 'constraint', 'no number in their answers has a lower bound'),
  ...groups(
    'analyses billing coretypes sharing users',
    'format-class',
    'no field of their answers is a date',
  ),
  ...groups(
    'root analyses billing coretypes files clusters runs users',
    'write-only-leaked',
    'their requests hold nothing that their answers do not',
  ),
  ...pages('Runs', 'a job of several runs costs several times as much on a real account'),
  ...pages('Instances', 'a job on several machines costs several times as much on a real account'),
])
