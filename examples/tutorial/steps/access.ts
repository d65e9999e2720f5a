import { createClient, UnauthorizedError } from '../../../client/index.ts'
import { assert, assertEqual, type Step } from '../step.ts'

export const accessSteps: readonly Step[] = [
  {
    title: 'profile from apiconfig',
    async run({ configFile, profile, url }) {
      await using client = createClient({ configFile, profile, env: {} })
      assertEqual(client.settings.baseUrl, url, 'the platform of the profile')
      assert(!`${client.settings.apiKey}`.includes(client.settings.apiKey.reveal()), 'the key prints in full')
      return `[${profile}] of apiconfig names ${url}; the key prints as ${client.settings.apiKey}`
    },
  },
  {
    title: '401 without credentials',
    async run({ url }) {
      const answer = await fetch(`${url}/api/v2/users/me/`)
      assertEqual(answer.status, 401, 'status without credentials')
      const { detail } = (await answer.json()) as { detail?: string }
      assert(detail, 'a 401 should say why')
      return `401: ${detail}`
    },
  },
  {
    title: 'a wrong key is told apart',
    async run({ url }) {
      await using client = createClient({ baseUrl: url, apiKey: 'not-a-key', env: {} })
      const error = await client.user.get().catch((reason: unknown) => reason)
      assert(error instanceof UnauthorizedError, `expected UnauthorizedError, got ${error}`)
      return `${error.name}: ${error.detail}`
    },
  },
  {
    title: 'who am I',
    async run({ client }) {
      const user = await client.user.get()
      assert(user.email.includes('@'), 'a user has an e-mail address')
      return `${user.fullName} <${user.email}> of ${user.company.code}`
    },
  },
]
