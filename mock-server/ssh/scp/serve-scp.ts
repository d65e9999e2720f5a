import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput } from '../channel-output.ts'
import type { HomeFolder } from '../home/home-folder.ts'
import { byteStringOf } from '../home/home-path.ts'
import { FolderListing } from '../sftp/folder-listing.ts'
import type { ScpCommand } from './scp-command.ts'
import { ScpLink } from './scp-link.ts'
import { receiveFiles } from './scp-receive.ts'
import { sendFiles } from './scp-send.ts'
import { textOfWord } from './shell-words.ts'
import { expandWildcards, MAX_MATCHES } from './wildcards.ts'

/** Does what `scp -t` or `scp -f` would do, inside the home, and returns its exit code. No scp binary is needed. */
export const serveScp = async (
  input: ChannelInput,
  output: ChannelOutput,
  home: HomeFolder,
  command: ScpCommand,
): Promise<number> => {
  const link = new ScpLink(input, output)
  try {
    if (command.direction === 'receive') {
      await receiveFiles(link, home, byteStringOf(command.paths.map(textOfWord)[0] ?? '.'), command)
    } else {
      const paths = command.paths.flatMap((word) => expandWildcards(word, (folder) => namesIn(home, folder)))
      await sendFiles(link, home, paths, command)
    }
    return link.exitCode
  } catch {
    return 1
  }
}

const namesIn = (home: HomeFolder, folder: string): string[] => {
  try {
    const listing = home.at(folder, 'target', (place) => {
      const { stats } = place
      return stats === null ? null : new FolderListing(place, stats, stats)
    })
    const names = listing?.next(MAX_MATCHES).map(({ name }) => name) ?? []
    listing?.close()
    return names.filter((name) => name !== '.' && name !== '..')
  } catch {
    return []
  }
}
