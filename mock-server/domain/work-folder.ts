import type { LiveFile, OpenLiveFile } from './executor.ts'

/** The files of a run while it is under way, each a regular file inside its work folder. */
export interface WorkFolder {
  /** `process_output.log` first. */
  list(): Promise<readonly LiveFile[]>
  /** Null when there is no such file. The caller closes it. */
  open(relativePath: string): Promise<OpenLiveFile | null>
}
