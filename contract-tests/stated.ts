import { readFileSync } from 'node:fs'
import { literal } from './harness/regexp-literal.ts'

const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  fifty: 50,
  'a hundred': 100,
}

const words = Object.keys(WORDS).flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
const NUMBER = `(\\d+(?:,\\d{3})*(?:\\.\\d+)?|${words.join('|')})`

/**
 * What a page of `docs/` states: the number at `#` in a sentence of it. So a page whose number is another one, or that
 * says nothing of it any more, fails the test that compares it.
 */
export function statedIn(name: string): (sentence: string) => number {
  const page = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')
  return (sentence) => {
    const pieces = sentence.split('#').map((piece) => literal(piece))
    const [, told] = new RegExp(pieces.join(NUMBER)).exec(page) ?? []
    if (told === undefined) throw new Error(`docs/${name} does not say: ${sentence}`)
    return WORDS[told.toLowerCase()] ?? Number(told.replaceAll(',', ''))
  }
}
