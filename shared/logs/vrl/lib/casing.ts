import { oneOf } from '../bad-argument.ts'
import { type Definition, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { type Text, text } from '../value.ts'

/** Where words begin, by the case a name is said to be in. */
const boundaries: Record<string, RegExp> = {
  'kebab-case': /-/,
  snake_case: /_/,
  SCREAMING_SNAKE: /_/,
  camelCase: camelBoundary(),
  PascalCase: camelBoundary(),
}

function camelBoundary(): RegExp {
  return /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{Ll})(?=\d)|(?<=\p{Lu})(?=\d)|(?<=\d)(?=\p{L})/u
}

export const cases = ['kebab-case', 'camelCase', 'PascalCase', 'SCREAMING_SNAKE', 'snake_case'] as const

/** Splits a name into words: at the boundaries of its case, or at any when the case is not told. */
export function words(s: string, originalCase: string | undefined): string[] {
  const at = originalCase === undefined ? new RegExp(`[-_ ]|${camelBoundary().source}`, 'u') : boundaries[originalCase]!
  return s.split(at).filter((w) => w !== '')
}

export const capitalized = (w: string): string => w.slice(0, 1).toUpperCase() + w.slice(1).toLowerCase()

/** A function that writes names in another case. */
export const casing = (join: (words: string[]) => string): Omit<Definition, 'name' | 'summary' | 'example'> => ({
  parameters: [required('value', kind.bytes), optional('original_case', kind.bytes, cases)],
  returns: kind.bytes,
  prepare: (call) => {
    oneOf(call, 'original_case', cases)
    return undefined
  },
  run: (_, value: Text, originalCase?: Text) => join(words(text(value), originalCase === undefined ? undefined : text(originalCase))),
})
