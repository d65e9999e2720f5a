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

/** Each asks `rescale __complete`, which answers with lines of a word, a tab and what it means. */
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
  fish: `complete -c rescale -f -a '(set -l words (commandline -opc) (commandline -ct); rescale __complete fish $words[2..-1] 2>/dev/null)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName rescale -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  # The word that is being completed is the last one; what stands behind the cursor is of no account.
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '""' }
  rescale __complete powershell @words 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
  }
}
`,
}
