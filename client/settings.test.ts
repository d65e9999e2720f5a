import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { apiconfigPaths } from './apiconfig-file.ts'
import { ConfigError } from './errors.ts'
import { resolveSettings } from './settings.ts'
import { aFolder, type TestFolder } from './test-support/folder.ts'
import { A_KEY } from './test-support/server.ts'

const FILE = `[default]
apibaseurl = https://eu.rescale.com/
apikey = ${A_KEY}
[sdk19]
apiurl = https://platform.rescale.com/api/v3/
apikey = sdk19-key
[rescale]
platform_url = https://kr.rescale.com
api_key = interlink-key
[half]
apibaseurl = https://eu.rescale.com
`

async function machineWith(folder: TestFolder, text = FILE) {
  const path = folder.in('.config', 'rescale', 'apiconfig')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  await chmod(path, 0o600)
  return { path, machine: { platform: 'linux', env: { HOME: folder.path }, homedir: folder.path } }
}

it('takes the default profile, and says from where', async () => {
  await using folder = await aFolder()
  const { path, machine } = await machineWith(folder)
  const settings = resolveSettings({ env: {}, machine })
  expect(settings).toMatchObject({
    baseUrl: 'https://eu.rescale.com',
    baseUrlSource: `apibaseurl in [default] of ${path}`,
    apiKeySource: `apikey in [default] of ${path}`,
    configFile: path,
    profile: 'default',
    warnings: [],
  })
  expect(settings.apiKey.reveal()).toBe(A_KEY)
  expect(inspect(settings, { depth: 9 })).not.toContain(A_KEY)
})

it.each([
  ['sdk19', 'https://platform.rescale.com', 'sdk19-key'],
  ['rescale', 'https://kr.rescale.com', 'interlink-key'],
])('reads the keys that other clients write: [%s]', async (profile, baseUrl, key) => {
  await using folder = await aFolder()
  const { machine } = await machineWith(folder)
  const settings = resolveSettings({ profile, env: {}, machine })
  expect([settings.baseUrl, settings.apiKey.reveal()]).toEqual([baseUrl, key])
})

it('puts options before the environment, and the environment before the file', async () => {
  await using folder = await aFolder()
  const { machine } = await machineWith(folder)
  const env = { RESCALE_API_KEY: 'env-key', RESCALE_API_URL: 'https://env.example', RESCALE_PROFILE: 'sdk19' }
  const read = (options: object) => {
    const { baseUrl, apiKey } = resolveSettings({ machine, ...options })
    return [baseUrl, apiKey.reveal()]
  }
  expect(read({ env })).toEqual(['https://env.example', 'env-key'])
  expect(read({ env, apiKey: 'my-key' })).toEqual(['https://env.example', 'my-key'])
  expect(read({ env, baseUrl: 'https://my.example' })).toEqual(['https://my.example', 'env-key'])
  expect(read({ env: { RESCALE_PROFILE: 'sdk19' } })).toEqual(['https://platform.rescale.com', 'sdk19-key'])
  expect(read({ env: { RESCALE_PROFILE: 'sdk19' }, profile: 'rescale' })[1]).toBe('interlink-key')
})

it('takes key and URL of a profile that was named from there, whatever the environment says', async () => {
  await using folder = await aFolder()
  const { machine } = await machineWith(folder, `${FILE}[only key]\napikey = lonely-key\n`)
  const env = { RESCALE_API_KEY: 'env-key', RESCALE_API_URL: 'https://env.example' }
  const read = (options: object) => {
    const { baseUrl, apiKey, warnings } = resolveSettings({ env, machine, ...options })
    expect(warnings).toEqual([])
    return [baseUrl, apiKey.reveal()]
  }
  expect(read({ profile: 'sdk19' })).toEqual(['https://platform.rescale.com', 'sdk19-key'])
  // Not to the URL of the environment, which is of another key.
  expect(read({ profile: 'only key' })).toEqual(['https://platform.rescale.com', 'lonely-key'])
  expect(read({ profile: 'sdk19', apiKey: 'my-key' })).toEqual(['https://platform.rescale.com', 'my-key'])
  expect(read({ profile: 'sdk19', baseUrl: 'https://my.example' })).toEqual([
    'https://my.example',
    'sdk19-key',
  ])
  // Nor the key of the environment to the URL of the profile.
  const half = () => resolveSettings({ profile: 'half', env, machine })
  expect(half).toThrow(
    /^There is no API key: \[half\] of .* has no apikey, and RESCALE_API_KEY is not of that profile$/,
  )
})

it('warns when the key of one place goes to the platform of another', async () => {
  await using folder = await aFolder()
  const { path, machine } = await machineWith(folder)
  const warnings = (env: Record<string, string>) => resolveSettings({ env, machine }).warnings
  expect(warnings({ RESCALE_API_URL: 'https://env.example' })).toEqual([
    `the key of [default] of ${path} goes to https://env.example, which RESCALE_API_URL names`,
  ])
  expect(warnings({ RESCALE_API_KEY: 'env-key' })).toEqual([
    `RESCALE_API_KEY goes to https://eu.rescale.com, which [default] of ${path} names`,
  ])
  expect(warnings({ RESCALE_API_URL: 'https://eu.rescale.com' })).toEqual([])
  const sdk19 = { RESCALE_API_URL: 'https://platform.rescale.com', RESCALE_PROFILE: 'sdk19' }
  expect(warnings(sdk19)).toEqual([])
  expect(warnings({ RESCALE_API_URL: 'http://localhost:8080' })).toEqual([])
  expect(warnings({ RESCALE_API_URL: 'https://env.example', RESCALE_API_KEY: 'k' })).toEqual([])
  expect(warnings({ RESCALE_API_KEY: 'k', RESCALE_PROFILE: 'half' })).toEqual([])
})

it('needs no file when key and URL are given', () => {
  const machine = { platform: 'linux', env: {}, homedir: '/nowhere' }
  const settings = resolveSettings({ apiKey: 'k', baseUrl: 'http://localhost:8080', env: {}, machine })
  expect(settings).toMatchObject({ configFile: undefined, warnings: [] })
})

it('takes the US platform when only a key is given', () => {
  const machine = { platform: 'linux', env: {}, homedir: '/nowhere' }
  expect(resolveSettings({ apiKey: 'k', env: {}, machine }).baseUrl).toBe('https://platform.rescale.com')
})

it('warns of a file that others can read, and of a key in clear', async () => {
  await using folder = await aFolder()
  const { path, machine } = await machineWith(
    folder,
    '[default]\napikey = k\napibaseurl = http://example.org',
  )
  await chmod(path, 0o644)
  expect(resolveSettings({ env: {}, machine }).warnings).toEqual([
    `${path} can be read by other users of this machine; run: chmod 600 '${path}'`,
    'http://example.org is not https: the API key can be read on its way',
  ])
})

it('says what is missing, where it looked, and what there is', async () => {
  await using folder = await aFolder()
  const { path, machine } = await machineWith(folder)
  const failure = (options: object) => {
    try {
      resolveSettings({ env: {}, machine, ...options })
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      return `${(error as ConfigError).message} ${(error as ConfigError).hint ?? ''}`
    }
  }
  expect(failure({ profile: 'Default' })).toBe(
    `${path} has no profile [Default] Its profiles are: [default], [sdk19], [rescale], [half].`,
  )
  expect(failure({ profile: 'half' })).toContain(`There is no API key: [half] of ${path} has no apikey`)
  expect(failure({ configFile: '/nowhere/apiconfig' })).toContain('There is no apiconfig at')
  expect(failure({ machine: { platform: 'linux', env: {}, homedir: '/nowhere' } })).toContain(
    'looked for /nowhere/.config/rescale/apiconfig',
  )
})

it.each(['two\nlines', 'a b', '"quoted"', 'ключ'])('refuses the key %j without repeating it', (apiKey) => {
  const settle = () => resolveSettings({ apiKey, baseUrl: 'https://eu.rescale.com', env: {} })
  expect(settle).toThrow(ConfigError)
  expect(settle).not.toThrow(apiKey)
})

it.each(['eu.rescale.com', 'ftp://x', 'https://user:secret@x', 'https://x/?a=1', ''])(
  'refuses the URL %j',
  (baseUrl) => {
    const url = baseUrl || 'https://'
    expect(() => resolveSettings({ apiKey: 'k', baseUrl: url, env: {} })).toThrow(ConfigError)
  },
)

it('looks at all three places of Windows', () => {
  const env = { USERPROFILE: 'C:\\Users\\me', APPDATA: 'C:\\Users\\me\\AppData\\Roaming' }
  expect(apiconfigPaths({ platform: 'win32', env, homedir: 'C:\\other' })).toEqual([
    'C:\\Users\\me\\.config\\rescale\\apiconfig',
    'C:\\Users\\me\\config\\rescale\\apiconfig',
    'C:\\Users\\me\\AppData\\Roaming\\Rescale\\Interlink\\apiconfig',
  ])
})
