/** What one SSH server grants. Times are real milliseconds: SSH happens outside virtual time. */
export interface SshLimits {
  readonly connections: number
  readonly unauthenticatedConnections: number
  readonly authenticationTime: number
  readonly authenticationTries: number
  readonly channelsPerConnection: number
  readonly handlesPerSftpSession: number
  /** How long a connection may have no channel open. Peers that vanished are found sooner, by keep-alive. */
  readonly idleTime: number
  /** Between SIGTERM and SIGKILL. */
  readonly endGrace: number
}

const second = 1_000
const minute = 60 * second

export const defaultSshLimits: SshLimits = {
  /** Ours: sshd sets none. Far more than one person's clients open, and few enough to stay small. */
  connections: 256,
  /** sshd_config(5): MaxStartups refuses all above 100. */
  unauthenticatedConnections: 100,
  /** sshd_config(5): LoginGraceTime, 120 seconds. */
  authenticationTime: 120 * second,
  /** sshd_config(5): MaxAuthTries, 6. */
  authenticationTries: 6,
  /** Ours: sshd's MaxSessions is 10, and what Rescale's clusters set is not known. */
  channelsPerConnection: 64,
  /** Ours: sftp-server grants as many as the process may have open files, 1024 on most machines. */
  handlesPerSftpSession: 256,
  /** Ours: sshd waits for ever. */
  idleTime: 60 * minute,
  /** Ours: long enough for a handler of SIGTERM to write a file. */
  endGrace: 2 * second,
}

/** ssh2 grants each channel this window and never changes it (`MAX_WINDOW` in its Channel.js). */
export const CHANNEL_WINDOW = 2 * 1024 * 1024

/** A client that sends this much beyond what we read ignores the window, and is cut off. */
export const MAX_UNREAD_BYTES = 2 * CHANNEL_WINDOW

/** ssh2 writes to the socket without looking back. A client that makes us answer more than this and reads nothing is cut off. */
export const MAX_UNSENT_BYTES = 64 * 1024 * 1024

/** Above this, nothing more is taken from a command or file until the socket has sent what it has. */
export const SOCKET_HIGH_WATER = 1024 * 1024
