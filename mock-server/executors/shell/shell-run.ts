import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type {
  LiveFile,
  LiveRun,
  OpenLiveFile,
  ProgramStart,
  RunEnd,
  RunFate,
  RunInterruption,
  RunOrder,
  RunOutput,
} from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { formatLogLine, processOutputName } from '../../domain/process-output.ts'
import { isReserved } from '../contained-name.ts'
import { cutNewestOutput } from './cut-outputs.ts'
import type { JobFolders } from './job-folders.ts'
import type { ShellLimits } from './limits.ts'
import { listLiveFiles, openLiveFile } from './live-files.ts'
import { keepOnVolumes, mountVolumes, unmountVolumes } from './mount-volumes.ts'
import { placeHostFiles } from './place-host-files.ts'
import { placeInputs } from './place-inputs.ts'
import { placeTemplates } from './place-templates.ts'
import { ProcessLog } from './process-log.ts'
import { loginMarker } from './processes.ts'
import { RunCommands } from './run-commands.ts'
import { standInFolder } from './run-environment.ts'
import { createRunFolder, type RunFolder, removeRunFolder } from './run-folder.ts'
import { forgetRun, recordRun } from './run-ledger.ts'
import type { RunRooms, Stay } from './run-rooms.ts'
import { saveOutputs } from './save-outputs.ts'
import { createStandIns } from './stand-ins.ts'
import type { Turns } from './turns.ts'
import type { Volumes } from './volumes.ts'
import { type After, startWalltime } from './walltime.ts'

export interface ShellRunSetup {
  readonly root: string
  readonly files: FileStore
  readonly limits: ShellLimits
  readonly graceMs: number
  readonly searchPath: string
  readonly after: After
  readonly volumes: Volumes
  readonly rooms: RunRooms
  readonly jobFolders: JobFolders
  readonly turns: Turns
  /** Resolves when what an earlier server left in the root is gone. */
  readonly recovered: Promise<void>
  /** Unguessable; finds the run's processes and its record. */
  readonly marker: string
}

/** What a run answers that could not be carried out at all (no folder, no room on the disk). */
const notCarriedOut = 1

/** One run: folder, inputs, commands, outputs, and nothing left. */
export class ShellRun implements LiveRun {
  readonly ended: Promise<RunEnd>
  readonly #setup: ShellRunSetup
  readonly #order: RunOrder
  readonly #commands: RunCommands
  /** Aborted when nothing is to be saved. */
  readonly #discard = new AbortController()
  #interruption: RunInterruption | null = null
  #areCommandsOver = false
  #folder: RunFolder | null = null
  #mounts: Readonly<Record<string, string>> = {}
  #stay: Stay | null = null
  /** People can log in. */
  #isOpen = false
  /** While the files move into the store. */
  #lastList: readonly LiveFile[] | null = null

  constructor(setup: ShellRunSetup, order: RunOrder) {
    this.#setup = setup
    this.#order = order
    this.#commands = new RunCommands(setup, order)
    this.ended = this.#happen()
  }

  stop(): void {
    this.#interrupt('stopped')
  }

  forceStop(): void {
    this.#interrupt('stopped')
    if (!this.#areCommandsOver) this.#commands.kill()
  }

  meet(fate: RunFate): void {
    if (this.#interruption === null && !this.#areCommandsOver) this.#commands.meet(fate)
  }

  async kill(): Promise<void> {
    this.#interrupt('stopped')
    this.#discard.abort()
    this.#commands.kill()
    await this.ended
  }

  home(): string | null {
    return this.#isOpen ? (this.#folder?.home ?? null) : null
  }

  mounts(): Readonly<Record<string, string>> {
    return this.#mounts
  }

  trace(): Readonly<Record<string, string>> {
    return { [loginMarker]: this.#setup.marker }
  }

  inside(): ((start: ProgramStart) => ProgramStart) | null {
    return this.#stay?.room.inside ?? null
  }

  async list(): Promise<readonly LiveFile[]> {
    const folder = this.#folder
    if (folder === null) return []
    if (this.#lastList !== null) return this.#lastList
    const found = await listLiveFiles(folder.work, this.#setup.limits.outputFiles)
    const log = await stat(logPath(folder)).catch(() => null)
    const others = found.filter(({ relativePath }) => !isReserved(relativePath))
    return log ? [{ relativePath: processOutputName, size: log.size }, ...others] : others
  }

  async open(relativePath: string): Promise<OpenLiveFile | null> {
    if (this.#folder === null) return null
    const path = this.#order.sharedFolder === 'same' ? relativePath.replace(/^shared\//, '') : relativePath
    return openLiveFile(isReserved(path) ? this.#folder.scratch : this.#folder.work, path)
  }

  #interrupt(interruption: RunInterruption): void {
    if (this.#interruption !== null || this.#areCommandsOver) return
    this.#interruption = interruption
    this.#commands.end()
  }

  async #happen(): Promise<RunEnd> {
    const { after } = this.#setup
    const cancelWalltime = startWalltime(after, this.#order.walltime, () => this.#interrupt('walltime'))
    try {
      return await this.#happenInFolder()
    } catch (error) {
      return { exitCode: notCarriedOut, interruption: this.#interruption, outputs: this.#apology(error) }
    } finally {
      cancelWalltime()
      this.#areCommandsOver = true
    }
  }

  async #happenInFolder(): Promise<RunEnd> {
    const { root, marker, recovered } = this.#setup
    await recovered
    if (this.#discard.signal.aborted) return this.#end(this.#commands.exitCode, [])
    const { tenantId, jobId } = this.#order
    const endTurn = await this.#setup.turns.take(`${tenantId}/${jobId}`, this.#commands.halted)
    if (endTurn === null) return this.#end(this.#commands.exitCode, [])
    try {
      return await this.#happenInTurn(root, marker)
    } finally {
      endTurn()
    }
  }

  async #happenInTurn(root: string, marker: string): Promise<RunEnd> {
    recordRun(root, marker, null)
    // A server that ended while this one began may have removed them.
    if (!existsSync(standInFolder(root))) createStandIns(standInFolder(root))
    const folder = await createRunFolder(root, this.#order, marker, this.#setup.jobFolders)
    try {
      recordRun(root, marker, relative(root, folder.top))
      return await this.#work(folder)
    } finally {
      this.#folder = null
      this.#isOpen = false
      await this.#stay?.leave()
      this.#stay = null
      await unmountVolumes(this.#order, folder, this.#setup.volumes)
      await removeRunFolder(root, folder.top)
      this.#setup.jobFolders.left(dirname(folder.top))
      await forgetRun(root, marker)
    }
  }

  async #work(folder: RunFolder): Promise<RunEnd> {
    const log = await ProcessLog.open(logPath(folder), () => this.#order.now(), this.#setup.limits)
    this.#folder = folder
    try {
      await log.showIn(join(folder.work, processOutputName))
      for (const notice of this.#order.notices ?? []) await log.line(notice)
      await this.#open(folder)
      const placing = { ...this.#doing(folder, log, this.#commands.halted), workFolder: folder.inputs }
      await placeInputs(this.#order, placing)
      await placeTemplates(this.#order, placing)
      await placeHostFiles(this.#order, folder.home)
      const startedAt = Date.now()
      await this.#commands.run(folder, log, this.#stay?.room)
      this.#areCommandsOver = true
      if (this.#commands.metFate?.cutsOutputs) await cutNewestOutput(folder.work, startedAt)
      return this.#end(this.#commands.exitCode, await this.#save(folder, log))
    } finally {
      await log.close()
    }
  }

  async #open(folder: RunFolder): Promise<void> {
    const { volumes, rooms } = this.#setup
    this.#mounts = await mountVolumes(this.#order, folder, volumes, rooms)
    const shown = this.#order.volumes.map((volume) => volumes.workOn(volume))
    this.#stay = await rooms.enter(folder, [...Object.values(this.#mounts), ...shown])
    this.#isOpen = true
  }

  /** The log comes last, as the newest file of the run. */
  async #save(folder: RunFolder, log: ProcessLog): Promise<readonly RunOutput[]> {
    this.#lastList = await this.list()
    const discarded = this.#discard.signal
    const doing = this.#doing(folder, log, discarded)
    if (!discarded.aborted) await keepOnVolumes(this.#order, folder, this.#setup.volumes, doing)
    const outputs = await saveOutputs({ ...doing, scratchFolder: folder.scratch })
    await log.close()
    if (!discarded.aborted) {
      outputs.push({ relativePath: processOutputName, bytes: await this.#setup.files.adopt(logPath(folder)) })
    }
    if (!discarded.aborted) return outputs
    await Promise.all(outputs.map(({ bytes }) => this.#setup.files.remove(bytes.id)))
    return []
  }

  #doing(folder: RunFolder, log: ProcessLog, signal: AbortSignal) {
    const { files, limits } = this.#setup
    return {
      files,
      limits,
      signal,
      workFolder: folder.work,
      note: (text: string) => log.line(`LocalScale: ${text}`),
    }
  }

  #end(exitCode: number, outputs: readonly RunOutput[]): RunEnd {
    return { exitCode, interruption: this.#interruption, outputs, results: this.#commands.results }
  }

  /** A log that says why there is no other. */
  #apology(error: unknown): RunOutput[] {
    if (this.#discard.signal.aborted) return []
    const text = `LocalScale: the run could not be carried out: ${String(error)}`
    try {
      const bytes = this.#setup.files.put(Buffer.from(formatLogLine(this.#order.now(), text)))
      return [{ relativePath: processOutputName, bytes }]
    } catch {
      return []
    }
  }
}

const logPath = (folder: RunFolder): string => join(folder.scratch, processOutputName)
