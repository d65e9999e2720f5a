import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literal, parseScript } from './shell-script.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      '$',
      '(',
      ')',
      '{',
      '}',
      '<',
      '>',
      '<<',
      '&',
      '|',
      ';',
      '\n',
      '#',
      '2>',
      ' ',
      'a',
      'EOF',
      '=',
    ),
    maxLength: 60,
  }),
)

/** Steps as text: words in brackets, pipes and what follows. */
function shown(text: string): string {
  const script = parseScript(text)
  if (script.kind !== 'steps') return script.kind === 'wrong' ? script.message : script.kind
  return script.steps
    .map(
      ({ commands, then }) =>
        commands.map(({ words }) => words.map((word) => `[${literal(word)}]`).join('')).join('|') + then,
    )
    .join(' ')
}

describe('reading a command', () => {
  it('never throws, whatever the command', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(['steps', 'compound', 'wrong']).toContain(parseScript(text).kind)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    [
      'cd job_inputs; python calculate_pi.py range.inp',
      '[cd][job_inputs]; [python][calculate_pi.py][range.inp];',
    ],
    ['a && b || c &', '[a]&& [b]|| [c]&'],
    ['a | b |& c\nd', '[a]|[b]|[c]; [d];'],
    ['a &&\n b', '[a]&& [b];'],
    ['echo "a b" \'c;d\' e\\ f', '[echo][a b][c;d][e f];'],
    ['# nothing', ''],
    ['#none', ''],
    [': # comment ; x', '[:];'],
    ['echo a#b', '[echo][a#b];'],
    ['a \\\n  b', '[a][b];'],
    ['a > out 2>&1 < in', '[a];'],
    ['cat > f << EOF\nx; y\nEOF\nls', '[cat]; [ls];'],
    ['', ''],
    ['for i in 1 2; do x; done', 'compound'],
    ['(cd x; ls)', 'compound'],
    ['"if" x', '[if][x];'],
    ['echo "unfinished', 'bash: -c: line 1: unexpected EOF while looking for matching `"\''],
    ['a &&', "bash: -c: line 1: syntax error near unexpected token `newline'"],
    ['; a', "bash: -c: line 1: syntax error near unexpected token `;'"],
    ['a; ; b', "bash: -c: line 1: syntax error near unexpected token `;'"],
  ])('reads %j', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it('knows where output goes and what a here-document says', () => {
    const script = parseScript("cat > f 2>> e << 'EOF'\none\ntwo\nEOF\n")
    const [command] = script.kind === 'steps' ? (script.steps[0]?.commands ?? []) : []
    expect(command?.input).toBe('one\ntwo\n')
    expect(
      command?.redirections.map(({ target, ...rest }) => ({ ...rest, target: literal(target) })),
    ).toEqual([
      { stream: 'out', isAppending: false, isCopy: false, target: 'f' },
      { stream: 'error', isAppending: true, isCopy: false, target: 'e' },
    ])
  })

  it('takes time in proportion to the length of the command', () => {
    for (const piece of ['a', '"', "'", '$(', '\\', '<<a\n', '; a', '${', 'a && ', '# ', '>']) {
      const before = process.cpuUsage()
      parseScript(piece.repeat(50_000))
      expect(process.cpuUsage(before).user, piece).toBeLessThan(2_000_000)
    }
  })
})
