import { type Text, text, type Value } from '../value.ts'

/** Two texts as they compare: as they are, or without regard to case. */
export const folded = (caseSensitive: Value | undefined, ...s: Text[]): string[] =>
  s.map((x) => (caseSensitive === false ? text(x).toLowerCase() : text(x)))
