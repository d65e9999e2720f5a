import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../openapi/generated/routes.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { CannotRunError } from '../not-run.ts'
import { type Asked, admit, type FirewallOptions } from './firewall.ts'
import type { OwnedKind } from './ledger-entries.ts'
import { operationRules, pathParameters } from './operation-rules.ts'

const ORIGIN = 'https://platform.second.test'
const MARKER = 'localscale-ct abc123'
const OWN = { job: 'OwnJob', file: 'OwnFil', 'storage-device': 'OwnDev' } as const satisfies Record<
  OwnedKind,
  string
>

let bodies: DescribedBodies
beforeAll(async () => {
  bodies = await loadDescribedBodies()
})

const rules = (changes: Partial<FirewallOptions> = {}): FirewallOptions => ({
  bodies,
  origin: ORIGIN,
  marker: MARKER,
  owns: (kind, id) => OWN[kind] === id,
  holdsSecret: (text) => text.includes('c0ffee'),
  allowCreate: true,
  allowSubmit: true,
  ...changes,
})

const unsafe = routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD')

const asked = (method: string, path: string, body?: unknown, changes: Partial<Asked> = {}): Asked => ({
  method,
  url: ORIGIN + path,
  headers: [['Content-Type', 'application/json']],
  text: body === undefined ? null : JSON.stringify(body),
  ...changes,
})

const filled = (template: string, ids: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '1')

const ownIds = Object.fromEntries(
  Object.entries(pathParameters).map(([parameter, kind]) => [parameter, OWN[kind]]),
)

/** Ids as the platform makes them, and what could be mistaken for one. */
const foreignId = fc
  .oneof(fc.stringMatching(/^[A-Za-z]{5,6}$/), fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/))
  .filter((id) => !Object.values<string>(OWN).includes(id))

it('has a rule for every described operation that is not safe', () => {
  expect(
    unsafe.map(({ operationId }) => operationId).filter((id) => operationRules[id] === undefined),
  ).toEqual([])
  expect(Object.keys(operationRules)).toHaveLength(unsafe.length)
})

describe('for every described operation that changes something', () => {
  const named = unsafe.filter(
    ({ path, operationId }) => path.includes('{') && operationRules[operationId]?.does !== 'never',
  )

  it('a path with an id that this ledger does not own is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...named), foreignId, (route, id) => {
        const foreign = Object.fromEntries(Object.keys(pathParameters).map((parameter) => [parameter, id]))
        expect(() => admit(asked(route.method, filled(route.path, foreign), {}), rules())).toThrow(
          CannotRunError,
        )
      }),
    )
  })

  it('an id is refused in whatever way it is written', () => {
    const disguise = fc.constantFrom(
      (id: string) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
      (id: string) => `./${id}`,
      (id: string) => `x/../${id}`,
      (id: string) => `x/%2e%2e/${id}`,
      (id: string) => `/${id}`,
      (id: string) => `${id};x=1`,
      (id: string) => `${id}%2f`,
      (id: string) => `${id}%00`,
      (id: string) => `${OWN.job}/../${id}`,
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...named),
        fc.stringMatching(/^[A-Za-z]{5,6}$/),
        disguise,
        (route, id, write) => {
          fc.pre(!Object.values<string>(OWN).includes(id))
          const foreign = Object.fromEntries(
            Object.keys(pathParameters).map((parameter) => [parameter, write(id)]),
          )
          expect(() => admit(asked(route.method, filled(route.path, foreign), {}), rules())).toThrow(
            CannotRunError,
          )
        },
      ),
    )
  })

  it('a body that names an id which this ledger does not own is refused, wherever it stands', () => {
    const place = fc.constantFrom(
      (id: string) => ({ storageDevice: { id } }),
      (id: string) => ({ storage_device: { id } }),
      (id: string) => ({ files: [{ id: OWN.file }, { id }] }),
      (id: string) => ({ name: MARKER, jobanalyses: [{ inputFiles: [{ id }] }] }),
      (id: string) => ({ name: MARKER, jobanalyses: [{ preProcessScript: { id } }] }),
      (id: string) => ({ name: MARKER, clusterId: id }),
      (id: string) => ({ name: MARKER, projectId: id }),
      (id: string) => ({ name: MARKER, project_id: id }),
      (id: string) => ({ name: MARKER, folderId: id }),
      (id: string) => ({ name: MARKER, clonedFrom: id }),
      (id: string) => ({ name: MARKER, paramFile: { id } }),
      (id: string) => ({ name: MARKER, neverDescribed: { deep: [{ jobId: id }] } }),
      (id: string) => ({ id }),
    )
    const bodied = unsafe.filter(
      ({ operationId, requestBody }) =>
        operationRules[operationId]?.does !== 'never' && requestBody?.kind === 'json',
    )
    fc.assert(
      fc.property(fc.constantFrom(...bodied), place, foreignId, (route, put, id) => {
        expect(() => admit(asked(route.method, filled(route.path, ownIds), put(id)), rules())).toThrow(
          CannotRunError,
        )
      }),
    )
  })

  it('what this ledger owns may be changed', () => {
    for (const { method, path, operationId } of named) {
      const passed = admit(asked(method, filled(path, ownIds), {}), rules())
      expect(passed, operationId).toMatchObject({
        id: OWN[operationRules[operationId]?.does === 'never' ? 'job' : kindOf(operationId)],
      })
    }
  })

  it('nothing may be changed without --allow-create, and nothing submitted without --max-cost', () => {
    for (const { method, path, operationId } of unsafe) {
      const request = asked(method, filled(path, ownIds), { name: MARKER }, { filename: MARKER })
      expect(() => admit(request, rules({ allowCreate: false })), operationId).toThrow(CannotRunError)
      if (operationRules[operationId]?.does !== 'submit') continue
      expect(() => admit(request, rules({ allowSubmit: false }))).toThrow(/--max-cost/)
    }
  })
})

const kindOf = (operationId: (typeof unsafe)[number]['operationId']): OwnedKind => {
  const rule = operationRules[operationId]
  if (rule === undefined || rule.does === 'never') throw new Error('there is no kind')
  return rule.kind
}

describe('the firewall', () => {
  it('lets everything be read, undescribed too, but at the profile’s own host only', () => {
    for (const path of ['/api/v2/jobs/', '/api/v2/nothing/', '/api/v3/jobs/abcdef/'])
      expect(admit(asked('GET', path), rules())).toEqual({ does: 'read' })
    expect(() =>
      admit({ ...asked('GET', '/'), url: 'https://elsewhere.test/api/v2/jobs/' }, rules()),
    ).toThrow(/leads to/)
    expect(() =>
      admit({ ...asked('GET', '/'), url: 'http://platform.second.test/api/v2/jobs/' }, rules()),
    ).toThrow(/leads to/)
  })

  it('refuses what is not described: other versions, other methods, a missing slash', () => {
    for (const [method, path] of [
      ['DELETE', '/api/v3/jobs/OwnJob/'],
      ['DELETE', '/api/v2/jobs/OwnJob'],
      ['DELETE', '/api/v2/jobs/'],
      ['TRACE', '/api/v2/jobs/OwnJob/'],
      ['POST', '/api/v2/organizations/x/jobs/'],
    ] as const)
      expect(() => admit(asked(method, path), rules())).toThrow(CannotRunError)
  })

  it('refuses a read that a header makes a deletion of', () => {
    const headers = [['X-HTTP-Method-Override', 'DELETE']] as const
    expect(() => admit({ ...asked('GET', '/api/v2/jobs/Foreig/'), headers }, rules())).toThrow(
      /another method/,
    )
  })

  it('refuses a body that it cannot read as the platform might', () => {
    const body = (text: string): Asked => ({ ...asked('POST', '/api/v2/jobs/'), text })
    expect(() => admit(body('{"name": NaN}'), rules())).toThrow(/no JSON/)
    expect(() => admit(body(`{"name":"${MARKER}","clusterId":null,"clusterId":null}`), rules())).toThrow(
      /twice/,
    )
    expect(() => admit(body(`{"name":"${MARKER}","a":{"x":1},"b":{"x":1}}`), rules())).not.toThrow()
  })

  it('lets things be made only under a name by which they can be found again', () => {
    expect(admit(asked('POST', '/api/v2/jobs/', { name: `${MARKER} pi` }), rules())).toEqual({
      does: 'create',
      kind: 'job',
      name: `${MARKER} pi`,
    })
    expect(() => admit(asked('POST', '/api/v2/jobs/', { name: 'pi' }), rules())).toThrow(/found again/)
    expect(() => admit(asked('POST', '/api/v2/jobs/', {}), rules())).toThrow(/found again/)
    expect(() => admit({ ...asked('POST', '/api/v2/files/contents/'), filename: 'a.txt' }, rules())).toThrow(
      /found again/,
    )
  })

  it('lets nothing be made under a name that holds a secret: the name is written down', () => {
    const name = `${MARKER} c0ffee`
    expect(() => admit(asked('POST', '/api/v2/jobs/', { name }), rules())).toThrow(/holds a secret/)
    const upload = asked('POST', '/api/v2/files/contents/', undefined, { filename: `${name}.txt` })
    expect(() => admit(upload, rules())).toThrow(/holds a secret/)
  })

  it('never shares a job with a person, nor makes what cannot be taken away', () => {
    expect(() => admit(asked('POST', '/api/v2/jobs/OwnJob/share/', { email: 'a@b.test' }), rules())).toThrow(
      /writes to a person/,
    )
    expect(() => admit(asked('POST', '/api/v2/storage-devices/', { name: MARKER }), rules())).toThrow(
      /no operation that takes/,
    )
  })

  it('books jobs on a project only where the user named it', () => {
    const job = asked('POST', '/api/v2/jobs/', { name: MARKER, projectId: 'pCTMk' })
    expect(() => admit(job, rules())).toThrow(/project pCTMk/)
    expect(admit(job, rules({ projects: ['pCTMk'] }))).toMatchObject({ does: 'create' })
  })
})
