import { LINE_VARIABLE } from './powershell.ts'

/** The shells that have a script. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof SHELLS)[number]

/** How to turn it on, to be shown with the help. */
export const INSTALL: Readonly<Record<Shell, string>> = {
  bash: 'source <(rescale completion bash)                 # in ~/.bashrc',
  zsh: 'source <(rescale completion zsh)                  # in ~/.zshrc, after compinit',
  fish: 'rescale completion fish | source                  # in ~/.config/fish/config.fish',
  powershell: 'rescale completion powershell | Out-String | Invoke-Expression   # in $PROFILE',
}

/**
 * Each asks `rescale __complete`, which answers with lines of a word, a tab and what it means. PowerShell's hands over
 * the line and the cursor, and gets texts that it only has to pass on: it is the one that the tests cannot run. Up to
 * 7.0, what goes to 2>$null is an error to it, which ends the script of who has `$ErrorActionPreference = 'Stop'`
 * (PowerShell/PowerShell#4002): the script has a preference of its own.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_rescale() {
  local line words
  COMPREPLY=()
  # Words as they were typed: bash cuts them at = and : otherwise.
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *' ' ]] && words+=('')
  local cur="\${words[\${#words[@]}-1]}" prefix="\${COMP_WORDS[COMP_CWORD]}"
  [[ "$prefix" == [=:] ]] && prefix=''
  while IFS=$'\\t' read -r line _; do
    [[ -n "$line" ]] && COMPREPLY+=("\${line:\${#cur}-\${#prefix}}")
  done < <(rescale __complete bash "\${words[@]:1}" 2>/dev/null)
}
complete -o default -o bashdefault -F _rescale rescale
`,
  zsh: `#compdef rescale
_rescale() {
  local -a lines
  local line
  for line in "\${(@f)$(rescale __complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n "$line" ]] && lines+=("\${\${\${line%%$'\\t'*}//:/\\\\:}}:\${line#*$'\\t'}")
  done
  if (( \${#lines} )); then _describe 'rescale' lines; else _files; fi
}
compdef _rescale rescale
`,
  fish: `function __rescale_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (rescale __complete fish $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c rescale -f -a '(__rescale_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName rescale -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $ErrorActionPreference = 'SilentlyContinue'
  $env:${LINE_VARIABLE} = $commandAst.Extent.Text
  rescale __complete powershell ($cursorPosition - $commandAst.Extent.StartOffset) 2>$null | ForEach-Object {
    $text, $shown, $tip = $_ -split "\`t" | ForEach-Object { [regex]::Unescape($_) }
    [System.Management.Automation.CompletionResult]::new($text, $shown, 'ParameterValue', $tip)
  }
  $env:${LINE_VARIABLE} = $null
}
`,
}
