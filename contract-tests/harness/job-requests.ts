import type { components } from '../../openapi/generated/schema.d.ts'

export type JobCreate = components['schemas']['JobCreate']
export type StorageDeviceCreate = components['schemas']['StorageDeviceCreate']

export interface JobWish {
  /** To be made by `unique`, so that whoever cleans up knows the job. */
  readonly name: string
  readonly command?: string
  /** Hours. */
  readonly walltime?: number
  readonly coresPerSlot?: number
  readonly inputs?: readonly { readonly id: string; readonly decompress?: boolean }[]
  readonly isLowPriority?: boolean
  readonly description?: string
  /** For the machines of its cluster. */
  readonly publicKey?: string
  readonly envVars?: Readonly<Record<string, string>>
}

/** The tutorial's job (NB 28 and 30): one tile, two cores, the least walltime there is. */
export function jobRequest(wish: JobWish): JobCreate {
  const { name, command = 'echo done', walltime = 1, coresPerSlot = 2, inputs = [], envVars, ...rest } = wish
  return {
    name,
    ...rest,
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command,
        hardware: { coreType: 'granite', coresPerSlot, walltime },
        ...(envVars && { envVars }),
        ...(inputs.length > 0 && { inputFiles: inputs.map((input) => ({ ...input })) }),
      },
    ],
  } as JobCreate
}

/** The smallest, for the shortest time (TS19 `storage_config.json`). */
export const deviceRequest = (name: string, regionId?: string): StorageDeviceCreate => ({
  name,
  storageSize: 10,
  hardware: { walltime: 1 },
  ...(regionId !== undefined && { region: { id: regionId } }),
})

/** A form with one file, as the tutorial uploads (NB 41). */
export function uploadForm(name: string, bytes: Uint8Array): FormData {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name)
  return form
}
