import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What Python's configparser makes of a text: an error's class name, or every value of every section. */
export interface ParsedByPython {
  readonly error?: string
  readonly sections?: Readonly<Record<string, Readonly<Record<string, { value?: string; error?: string }>>>>
}

const ORACLE = `
import configparser, io, json, sys
for line in sys.stdin:
    text = json.loads(line)
    config = configparser.ConfigParser()
    try:
        # As open() reads a file: with universal newlines.
        config.read_file(io.TextIOWrapper(io.BytesIO(text.encode('utf-8')), encoding='utf-8'))
        sections = {}
        for section in config.sections() + ['DEFAULT']:
            options = sections[section] = {}
            for option in (config.options(section) if section != 'DEFAULT' else config.defaults()):
                try:
                    options[option] = {'value': config.get(section, option)}
                except configparser.Error as error:
                    options[option] = {'error': type(error).__name__}
        answer = {'sections': sections}
    except configparser.Error as error:
        answer = {'error': type(error).__name__}
    print(json.dumps(answer), flush=True)
`

/** Python's own configparser in a process of its own. */
export class PythonConfigparser implements Disposable {
  readonly #python: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>

  constructor() {
    this.#python = spawn('python3', ['-c', ORACLE], { stdio: ['pipe', 'pipe', 'inherit'] }) as never
    this.#answers = createInterface(this.#python.stdout)[Symbol.asyncIterator]()
  }

  async parse(text: string): Promise<ParsedByPython> {
    this.#python.stdin.write(`${JSON.stringify(text)}\n`)
    const { value } = await this.#answers.next()
    return JSON.parse(value) as ParsedByPython
  }

  [Symbol.dispose](): void {
    this.#python.stdin.end()
  }
}
