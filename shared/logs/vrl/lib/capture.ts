import * as kind from '../kind.ts'
import { groupText, Pattern } from '../regex.ts'
import { type Fields, put, type Value } from '../value.ts'

/** The groups of a match: the named ones, and on request all by number. */
export function captured(s: string, m: ArrayLike<number>, p: Pattern, numeric: boolean): Fields {
  const out: Fields = {}
  for (let g = 0; g <= p.groupCount; g++) {
    const name = p.names[g]
    const found = groupText(s, m, g) ?? null
    if (numeric) put(out, String(g), found)
    if (name) put(out, name, found)
  }
  return out
}

/** What a match of a pattern is known to hold. */
export function capturedKind(pattern: Value | undefined, _numeric: Value | undefined): kind.Kind {
  if (!(pattern instanceof Pattern)) return kind.mapOf(kind.orNull(kind.bytes))
  const known: Record<string, kind.Kind> = {}
  for (let g = 0; g <= pattern.groupCount; g++) {
    const name = pattern.names[g]
    known[String(g)] = kind.orNull(kind.bytes)
    if (name) known[name] = kind.bytes
  }
  return kind.record(known)
}
