import type { ProgramStart } from '../domain/executor.ts'
import type { PublicKey } from './keys/public-key.ts'

export type { PublicKey } from './keys/public-key.ts'

/** The program with what leads it in; what is started is its door (`rooms/doors.ts`). */
export type Inside = (start: ProgramStart) => ProgramStart

/** Port: who may log in, and what they find. */
export interface ClusterAccess {
  /**
   * The cluster of this user, when it is up and the key is one of its own; `soon` while there is no home on it yet;
   * null for everything else, so that an unknown user and a wrong key look the same. Asked once or twice for each key that a client offers,
   * before it has proved to hold it: answer at once, change nothing, and compare with `samePublicKey`.
   */
  admit(username: string, publicKey: PublicKey): Admitted
}

export type Admitted = ClusterSession | 'soon' | null

/** What one login sees of a cluster. */
export interface ClusterSession {
  /** The folder that stands for the user's home. Exists, and has `work/` inside. */
  readonly home: string
  /** The home as the real cluster names it, `/enc/uprod_{jobId}`. SFTP and SCP show it and take it. */
  readonly presentedHome: string
  /**
   * Folders elsewhere that the home has under these names, such as storage devices (`storage_{id}`). For commands
   * they have to be links in the home; SFTP and SCP follow no other link that leads out.
   */
  readonly mounts?: Readonly<Record<string, string>>
  /** Added to what a login sets anyway (HOME, USER, LOGNAME, SHELL, PATH, SSH_CLIENT, SSH_CONNECTION). */
  readonly environment: Readonly<Record<string, string>>
  /** Aborted when the cluster stops: its connections and processes end. One signal for all logins to a cluster. */
  readonly down: AbortSignal
  /** How to start a program among the processes of the cluster's job; absent where these are among all others. */
  readonly inside?: Inside
  /** Real commands, or answers without any process. Files are real with both. */
  readonly shell: 'bash' | SimulatedShell
}

/** Answers commands where no process may be started. */
export interface SimulatedShell {
  run(
    command: string,
    environment: Readonly<Record<string, string>>,
  ): SimulatedAnswer | Promise<SimulatedAnswer>
}

export interface SimulatedAnswer {
  readonly stdout: Uint8Array | string
  readonly stderr: Uint8Array | string
  readonly exitCode: number
  /** Real milliseconds between the output and the exit; none when left out. */
  readonly delay?: number
}
