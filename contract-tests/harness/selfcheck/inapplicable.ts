/** Why a deviation is not seeded. */
export type WhyNot =
  /** No answer of the group has a field of that kind. */
  | 'no-such-field'
  /** The group has no list that comes in pages. */
  | 'no-pages'
  /** The group takes nothing that it would show again. */
  | 'nothing-written'
  /** The group tells no history, or no status of that kind. */
  | 'no-history'
  /** The group sends no bytes of files, and describes none. */
  | 'no-bytes'
  /** Nothing of the group is deleted, with what it belongs to or by itself. */
  | 'nothing-deleted'
  /** What the group shows belongs to nobody, or to whoever asks. */
  | 'not-owned'
  /** What is described has a group; what is described nowhere is seeded as `outside`. */
  | 'outside-of-groups'
  /** A real account would pay much for it. */
  | 'costs-money'

export interface Inapplicable {
  readonly why: WhyNot
  readonly text: string
}

const groups = (names: string, kind: string, text: string): [string, Inapplicable][] =>
  names.split(' ').map((group) => [`${group} ${kind}`, { why: 'no-such-field', text }])

const pages = (list: string, text: string): [string, Inapplicable][] =>
  [
    'pagination-duplicate: lists an item on two pages',
    'pagination-filter: loses what was asked for on the next page',
    'pagination-link: leads to another host',
  ].map((deviation) => [`pages of ${list} ${deviation}`, { why: 'costs-money', text }])

/** Deviations that no scenario gets an answer for, by their ids, each with the reason why none could. All others have to be seeded. */
export const inapplicable: ReadonlyMap<string, Inapplicable> = new Map([
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
  ...groups(
    'root analyses billing coretypes files jobs clusters sharing storage users',
    'order',
    'no object in their answers has both the date of a beginning and that of an end',
  ),
  ...pages('Runs', 'a job of several runs costs several times as much on a real account'),
  ...pages('Instances', 'a job on several machines costs several times as much on a real account'),
])
