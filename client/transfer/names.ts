import { join, sep } from 'node:path'
import { UnexpectedAnswerError } from '../errors.ts'

const WINDOWS_RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\..*)?$/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const FORBIDDEN = /[\u0000-\u001f]/
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]|[. ]$/

/**
 * The path below `folder` for a name that a server sent. Names may contain folders (`shared/out.log`); one
 * that would lead out of `folder`, or that is no name on this system, is refused.
 */
export function pathWithin(folder: string, name: string, platform: string = process.platform): string {
  // Uploads from Windows may carry backslashes; taken for separators everywhere they can do no harm.
  const parts = name.split(/[/\\]/)
  const bad = parts.find((part) => !isPlain(part, platform))
  if (bad !== undefined) {
    throw new UnexpectedAnswerError(
      `The server calls the file ${JSON.stringify(name)}: not a name to write to`,
      {
        hint: 'Pass `to` with a path of your own.',
      },
    )
  }
  return join(folder, parts.join(sep))
}

function isPlain(part: string, platform: string): boolean {
  if (part === '' || part === '.' || part === '..' || FORBIDDEN.test(part)) return false
  return platform !== 'win32' || !(FORBIDDEN_ON_WINDOWS.test(part) || WINDOWS_RESERVED.test(part))
}
