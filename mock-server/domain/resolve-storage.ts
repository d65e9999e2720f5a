import type { Catalogue } from './catalogue.ts'
import { ErrorCollector, messages } from './field-errors.ts'
import type { StorageDefinition, StorageDraft, StorageRegion } from './storage-device.ts'
import { storageRegions } from './storage-device.ts'

/** Megabytes in a gigabyte: Rescale counts storage in powers of ten (help on High Performance Storage). */
const megabytes = 1_000

/** Inferred, all of them: no source shows a limit. Gigabytes; hours. */
const largestSize = 1_000_000
const longestWalltime = 10 * 365 * 24

/** What create_hps.py takes where its user says nothing. */
const usual = { coreType: 'hpc-3', coresPerSlot: 1, firstAlert: 60, secondAlert: 80, autoextendPercent: 1 }

/** Refuses with all that is wrong, at its positions. */
export function resolveStorage(draft: StorageDraft, catalogue: Catalogue): StorageDefinition {
  const errors = new ErrorCollector()
  if (draft.name.trim() === '') errors.add(['name'], messages.blank)
  const { hardware = {}, walltime: olderWalltime = null } = draft
  const { walltime = olderWalltime, coreType = usual.coreType, coresPerSlot = usual.coresPerSlot } = hardware
  if (!catalogue.coreType(coreType)) errors.add(['hardware', 'coreType'], messages.noSuchCode(coreType))
  checkWalltime(walltime, errors)
  const storageSize = sizeOf(draft, errors)
  const region = regionOf(draft, errors)
  errors.refuseIfAny()
  return {
    name: draft.name,
    storageSize,
    hardware: { walltime, coresPerSlot, coreType },
    firstAlert: draft.firstAlert ?? usual.firstAlert,
    secondAlert: draft.secondAlert ?? usual.secondAlert,
    autoextend: draft.autoextend ?? false,
    autoextendPercent: draft.autoextendPercent ?? usual.autoextendPercent,
    walltimeAlert: draft.walltimeAlert ?? false,
    walltimeAlertHours: draft.walltimeAlertHours ?? 0,
    region,
  }
}

function sizeOf({ storageSize, storageSizeMb }: StorageDraft, errors: ErrorCollector): number {
  const size = storageSize ?? (storageSizeMb === undefined ? undefined : storageSizeMb / megabytes)
  if (size === undefined) errors.add(['storageSize'], messages.required)
  else if (!(size > 0)) errors.add(['storageSize'], messages.greaterThan(0))
  else if (size > largestSize) errors.add(['storageSize'], messages.atMost(largestSize))
  return size ?? 0
}

function checkWalltime(walltime: number | null, errors: ErrorCollector): void {
  if (walltime === null) return
  if (!(walltime > 0)) errors.add(['hardware', 'walltime'], messages.greaterThan(0))
  else if (walltime > longestWalltime) errors.add(['hardware', 'walltime'], messages.atMost(longestWalltime))
}

function regionOf({ region }: StorageDraft, errors: ErrorCollector): StorageRegion {
  if (!region) return storageRegions[0]
  const known = storageRegions.find(({ id }) => id === region.id)
  if (!known) errors.add(['region'], messages.noSuchPk(region.id))
  return known ?? storageRegions[0]
}
