import { oneOf } from '../bad-argument.ts'
import { type Definition, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { type Text, text } from '../value.ts'

/** Places inside a word where letters, capitals and digits meet. */
const places = {
  lower_upper: '(?<=\\p{Ll})(?=\\p{Lu})',
  upper_lower: '(?<=\\p{Lu})(?=\\p{Ll})',
  acronym: '(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})',
  lower_digit: '(?<=\\p{Ll})(?=\\d)',
  upper_digit: '(?<=\\p{Lu})(?=\\d)',
  digit_lower: '(?<=\\d)(?=\\p{Ll})',
  digit_upper: '(?<=\\d)(?=\\p{Lu})',
}

export type Place = keyof typeof places
export const placeNames = Object.keys(places) as Place[]

const separators: Record<string, string> = { 'kebab-case': '-', snake_case: '_', SCREAMING_SNAKE: '_' }

/** Splits a name into words: at the boundaries of its case, or at any when the case is not told. */
export function words(s: string, originalCase: string | undefined, excluded: readonly Place[] = []): string[] {
  const separator = separators[originalCase ?? '']
  return s.split(separator ?? wordBoundary(originalCase === undefined, excluded)).filter((w) => w !== '')
}

/** Nobody splits where a capital meets a small letter unless asked for it, and nobody can ask. */
const wordBoundary = (atSeparators: boolean, excluded: readonly Place[]): RegExp => {
  const inside = placeNames.filter((p) => p !== 'upper_lower' && !excluded.includes(p)).map((p) => places[p])
  return new RegExp([...(atSeparators ? ['[-_ ]'] : []), ...inside].join('|') || '(?!)', 'u')
}

export const cases = ['camelCase', 'PascalCase', 'SCREAMING_SNAKE', 'snake_case', 'kebab-case'] as const

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
