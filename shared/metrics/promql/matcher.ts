import { RE2JS } from 're2js'
import { isLegacyName, type Labels } from './labels.ts'
import { quote } from './text/quoted.ts'

export type MatchOp = '=' | '!=' | '=~' | '!~'

/** One condition on one label. Regular expressions are RE2 and match the whole value; a label that is not there is ''. */
export type Matcher = { readonly name: string; readonly op: MatchOp; readonly value: string; readonly matches: (value: string) => boolean }

/** Throws what RE2 says of a pattern that does not compile. */
export function matcher(name: string, op: MatchOp, value: string): Matcher {
  switch (op) {
    case '=':
      return { name, op, value, matches: (text) => text === value }
    case '!=':
      return { name, op, value, matches: (text) => text !== value }
    case '=~': {
      const test = anchored(value)
      return { name, op, value, matches: test }
    }
    case '!~': {
      const test = anchored(value)
      return { name, op, value, matches: (text) => !test(text) }
    }
    default:
      return op satisfies never
  }
}

export const matchesAll = (matchers: readonly Matcher[], labels: Labels): boolean => matchers.every((m) => m.matches(labels.get(m.name)))

export const printMatcher = (m: Matcher): string => `${isLegacyName(m.name) ? m.name : quote(m.name)}${m.op}${quote(m.value)}`

/** RE2 with `.` matching newlines, the whole text or nothing; how matchers and label_replace read a pattern. */
export const compileAnchored = (pattern: string): RE2JS => RE2JS.compile(`^(?s:${pattern})$`)

function anchored(pattern: string): (value: string) => boolean {
  const set = alternatives(pattern)
  if (set) return (value) => set.has(value)
  // `a)(b` would become valid inside the group below, so the bare pattern has to compile too.
  RE2JS.compile(pattern)
  const regex = compileAnchored(pattern)
  // Label values repeat across series far more often than not.
  const seen = new Map<string, boolean>()
  return (value) => {
    let found = seen.get(value)
    if (found === undefined) {
      found = regex.matcher(value).find()
      if (seen.size > 10_000) seen.clear()
      seen.set(value, found)
    }
    return found
  }
}

/** `a|b|c` without any operator is a set of strings; the commonest pattern of dashboards. */
function alternatives(pattern: string): Set<string> | null {
  return /^[\w\-:/ @#,;=~<>!%&'"|]*$/.test(pattern) ? new Set(pattern.split('|')) : null
}
