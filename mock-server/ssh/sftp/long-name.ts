import type { Stats } from 'node:fs'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** As OpenSSH has it: entries older than this, or from a later second, show their year instead of the time of day. */
const RECENT_SECONDS = (365 / 2) * 86_400

/** One line of `ls -l`, which OpenSSH's sftp prints as it is. */
export const longName = (name: string, stats: Stats, username: string, now: number): string => {
  const owner = (id: number, own: number): string => (id === own ? username : String(id)).padEnd(8)
  const user = owner(stats.uid, process.getuid?.() ?? -1)
  const group = owner(stats.gid, process.getgid?.() ?? -1)
  const size = String(stats.size).padStart(8)
  return `${modeText(stats)} ${String(stats.nlink).padStart(4)} ${user} ${group} ${size} ${dateText(stats.mtimeMs, now)} ${name}`
}

export const modeText = (stats: Stats): string => {
  const bits = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1]
  return typeLetter(stats) + bits.map((bit, index) => (stats.mode & bit ? 'rwx'[index % 3] : '-')).join('')
}

const typeLetter = (stats: Stats): string => {
  if (stats.isDirectory()) return 'd'
  if (stats.isSymbolicLink()) return 'l'
  if (stats.isFIFO()) return 'p'
  if (stats.isSocket()) return 's'
  if (stats.isCharacterDevice()) return 'c'
  return stats.isBlockDevice() ? 'b' : '-'
}

const dateText = (milliseconds: number, now: number): string => {
  const date = new Date(milliseconds)
  const pad = (value: number): string => String(value).padStart(2, '0')
  // In whole seconds: files have times within the millisecond that is now.
  const age = Math.floor(now / 1000) - Math.floor(milliseconds / 1000)
  const recent = age >= 0 && age < RECENT_SECONDS
  const clock = recent ? `${pad(date.getHours())}:${pad(date.getMinutes())}` : ` ${date.getFullYear()}`
  return `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${clock}`
}
