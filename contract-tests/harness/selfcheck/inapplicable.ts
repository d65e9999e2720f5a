const groups = (names: string, kind: string, reason: string): [string, string][] =>
  names.split(' ').map((group) => [`${group} ${kind}`, reason])

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
])
