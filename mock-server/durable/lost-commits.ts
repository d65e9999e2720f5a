import type { Write } from './database.ts'
import type { NotedCommits } from './last-commit.ts'
import type { StoredData, StoredTenant } from './read-database.ts'
import type { SetAside } from './set-aside.ts'

export function noticeLostCommits(stored: StoredData, noted: NotedCommits, setAside: SetAside): void {
  const { commit, tenants } = stored
  const last = lastOf(noted)
  if (noted.isDamaged) setAside.lose('last-commit', 'it does not have its checksum any more')
  if (last > commit)
    setAside.lose('state', `its end is damaged: of ${last} commits the last ${last - commit} are lost`)
  for (const [tenantId, own] of noted.ofTenants)
    if (own <= commit) noticeOldTenant(tenants.get(tenantId), { tenantId, own, setAside })
}

/** One whose last commits are lost is whole, as it was before them. */
function noticeOldTenant(
  tenant: StoredTenant | undefined,
  { tenantId, own, setAside }: { tenantId: string; own: number; setAside: SetAside },
): void {
  if (!tenant) return void setAside.lose(`tenant ${tenantId}`, 'all of it is missing')
  const written = tenant.digest?.commit
  if (tenant.isDamaged || written === undefined || written >= own) return
  tenant.isDamaged = true
  setAside.lose(`tenant ${tenantId}`, `it is as it was after commit ${written}, and ${own} wrote it last`)
}

/** Which commit wrote each tenant last; what is damaged is written again. */
export function* commitsOf({ tenants, commit }: StoredData): Generator<[string, number]> {
  for (const { tenantId, digest, isDamaged } of tenants.values()) {
    const written = isDamaged ? commit : digest?.commit
    if (written !== undefined) yield [tenantId, written]
  }
}

const lastOf = ({ last, ofTenants }: NotedCommits): number => Math.max(last ?? 0, ...ofTenants.values())

/** A tenant that was removed, and whose removal is lost with a part of the engine's log, is back as it was before. */
export function removeAgain({ tenants }: StoredData, noted: NotedCommits, setAside: SetAside): Write[] {
  const writes: Write[] = []
  for (const [tenantId, { records }, commit] of thoughRemoved(tenants, noted)) {
    if (commit > lastOf(noted)) continue
    setAside.lose(
      `tenant ${tenantId}`,
      `it was back, although commit ${commit} had removed it; it is removed again`,
    )
    tenants.delete(tenantId)
    writes.push(...records.removeAll())
  }
  return writes
}

/** Those whose removal was noted, and never came to the disk: the process ended before. They live on. */
export function* neverRemoved({ tenants }: StoredData, noted: NotedCommits): Generator<[string, number]> {
  for (const [tenantId, { digest }] of thoughRemoved(tenants, noted)) yield [tenantId, digest?.commit ?? 0]
}

/** Tenants that are there as they were before they were to be removed. */
function* thoughRemoved(
  tenants: ReadonlyMap<string, StoredTenant>,
  { removals }: NotedCommits,
): Generator<[tenantId: string, tenant: StoredTenant, commit: number]> {
  for (const [tenantId, commit] of removals) {
    const tenant = tenants.get(tenantId)
    if (tenant && (tenant.digest?.commit ?? 0) < commit) yield [tenantId, tenant, commit]
  }
}
