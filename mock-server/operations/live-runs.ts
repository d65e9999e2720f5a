import type { Operation } from './operation.ts'

// After the run these answer with an object that has `detail` (TN21), which clients tell from an array.
const NOT_RUNNING = { status: 404, body: { detail: 'Not found.' } } as const

export const listRunDirectory: Operation<'listRunDirectory'> = () => NOT_RUNNING
export const tailRunFile: Operation<'tailRunFile'> = () => NOT_RUNNING
export const stopRun: Operation<'stopRun'> = () => NOT_RUNNING
export const snapshotRun: Operation<'snapshotRun'> = () => NOT_RUNNING
