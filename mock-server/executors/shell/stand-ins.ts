import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Programs that the tutorial's commands call and not every system has. They stand last on the search path. */
const standIns: Readonly<Record<string, string>> = {
  // Cell 71 says `python`.
  python: '#!/bin/sh\nexec python3 "$@"\n',
  // Cell 80 says `shasum -a 512`; it belongs to Perl.
  shasum: `#!/bin/sh
bits=1
case "$1" in
  -a) bits=$2; shift 2 ;;
  -a*) bits=\${1#-a}; shift ;;
  --algorithm=*) bits=\${1#--algorithm=}; shift ;;
esac
if command -v "sha\${bits}sum" >/dev/null 2>&1; then exec "sha\${bits}sum" "$@"; fi
openssl dgst "-sha\${bits}" -r "$@" | sed 's/ \\*stdin$/  -/; s/ \\*/  /'
`,
}

export function createStandIns(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const [name, script] of Object.entries(standIns)) {
    writeFileSync(join(folder, name), script, { mode: 0o755 })
  }
}
