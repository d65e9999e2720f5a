/** The one user of a tenant: whose API key it is. */
export interface User {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly fullName: string
  readonly company: { readonly code: string; readonly name: string }
  readonly workspace: { readonly id: string; readonly name: string }
  /** Hours; jobs may not ask for more (a 2026 client reads it as the cap on walltime). */
  readonly maxJobHours: number
  readonly defaultStorage: Storage
  /** Given to jobs that bring none of their own. */
  readonly sshSettings: SshSettings
}

export interface SshSettings {
  readonly publicKey: string | null
  readonly cidrRule: string
  readonly sshPort: number
}

/** Where the user's files lie. */
export interface Storage {
  readonly id: string
  readonly storageType: 'S3Storage' | 'AzureStorage'
  readonly encryptionType: string
  readonly connectionSettings: {
    readonly region: string
    readonly container: string
    readonly pathBase: string
    readonly pathPartsBase: string
  }
}

export interface Project {
  readonly id: string
  readonly name: string
}
