import { COMMIT_KEY } from './committer.ts'
import type { Database } from './database.ts'
import { type Sum, SumOfSums, unseal } from './seal.ts'
import type { SetAside } from './set-aside.ts'
import { type Digest, TenantRecords, tenantKey } from './tenant-records.ts'

/** What a database says about one tenant. */
export interface StoredTenant {
  readonly tenantId: string
  readonly values: Map<string, unknown>
  readonly records: TenantRecords
  /** Null when it is lost. */
  readonly digest: Digest | null
  /** Whether something is lost. */
  isDamaged: boolean
}

export interface StoredData {
  readonly tenants: Map<string, StoredTenant>
  /** 0 when none is known. */
  readonly commit: number
  /** Keys of what cannot be read. */
  readonly unreadable: readonly string[]
}

/** Reads all there is. What is damaged is named, and left out. */
export async function readDatabase(database: Database, setAside: SetAside): Promise<StoredData> {
  const tenants = new Map<string, Gathered>()
  const unreadable: string[] = []
  let commit = 0
  for await (const [dbKey, text] of database.all()) {
    const read = unseal(dbKey, text)
    const place = tenantKey(dbKey)
    if (!read || (!place && dbKey !== COMMIT_KEY)) {
      unreadable.push(dbKey)
      setAside.lose(dbKey.slice(0, 200), 'the record does not have its checksum any more')
      if (place) gatheredOf(tenants, place.tenantId).isDamaged = true
    } else if (!place) commit = Number(read.value)
    else gather(gatheredOf(tenants, place.tenantId), place.key, read)
  }
  for (const tenant of tenants.values()) compareDigest(tenant, setAside)
  return { tenants, commit, unreadable }
}

interface Gathered extends StoredTenant {
  digest: Digest | null
  count: number
  readonly sum: SumOfSums
}

function gatheredOf(tenants: Map<string, Gathered>, tenantId: string): Gathered {
  const known = tenants.get(tenantId)
  if (known) return known
  const made: Gathered = {
    tenantId,
    values: new Map(),
    records: new TenantRecords(tenantId),
    digest: null,
    isDamaged: false,
    count: 0,
    sum: new SumOfSums(),
  }
  tenants.set(tenantId, made)
  return made
}

function gather(tenant: Gathered, key: string | null, { value, sum }: { value: unknown; sum: Sum }): void {
  if (key === null) tenant.digest = value as Digest
  else {
    tenant.values.set(key, value)
    tenant.records.note(key, sum)
    tenant.sum.toggle(sum)
    tenant.count += 1
  }
}

function compareDigest(tenant: Gathered, setAside: SetAside): void {
  const { digest, count, sum, tenantId } = tenant
  if (digest && digest.records === count && digest.sum === String(sum)) return
  tenant.isDamaged = true
  const why = digest
    ? `${count} of ${digest.records} records are there, and some of them may be old`
    : 'the record that tells how many records there are is missing'
  setAside.lose(`tenant ${tenantId}`, why)
}
