import type { Ids } from './ids.ts'
import type { Random } from './random.ts'
import type { Project, User } from './user.ts'

/** `default` job settings of a new user (api-facts §4.2). */
const anybody = '0.0.0.0/0'
const sshPort = 22
/** Hours, as a client of 2026 met it. */
const maxJobHours = 48

/** A user whose name follows from the seed. The address cannot exist (RFC 2606), and is of nobody else: two have the same names once in a hundred times. */
export function makeUser(ids: Ids, random: Random): User {
  const chance = random.stream('names', 'user')
  const [first, last] = [chance.pick(firstNames), chance.pick(lastNames)]
  const id = ids.next('account')
  const email = `${first}.${last}.${id}@example.com`.toLowerCase()
  const folder = `user/user_${id}`
  return {
    id,
    email,
    username: email,
    fullName: `${first} ${last}`,
    company: { code: 'demo-company', name: 'Demo Company' },
    workspace: {
      id: `04-${String(1 + chance.integer(999_999_998)).padStart(9, '0')}`,
      name: 'Demo Workspace',
    },
    maxJobHours,
    defaultStorage: {
      id: ids.next('account'),
      storageType: 'S3Storage',
      encryptionType: 'default',
      connectionSettings: {
        region: 'us-east-1',
        container: 'prod-rescale-platform',
        pathBase: folder,
        pathPartsBase: folder,
      },
    },
    sshSettings: { publicKey: null, cidrRule: anybody, sshPort },
  }
}

export const makeProjects = (ids: Ids): readonly Project[] =>
  ['Aerodynamics', 'Structural Analysis', 'Method Development'].map((name) => ({
    id: ids.next('account'),
    name,
  }))

const firstNames = [
  'Ada',
  'Emmy',
  'Gottfried',
  'Grace',
  'Hedy',
  'Isaac',
  'Katherine',
  'Leonhard',
  'Osborne',
  'Sofia',
] as const
const lastNames = [
  'Brunel',
  'Euler',
  'Galerkin',
  'Hopper',
  'Kirchhoff',
  'Leibniz',
  'Navier',
  'Noether',
  'Prandtl',
  'Stokes',
] as const
