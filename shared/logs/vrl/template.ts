import type { Segment } from './ast.ts'
import { type Token, unescaped } from './lex.ts'

/** The parts of a string literal: text and `{{ variable }}`. `\{{` and `\}}` stand for the braces themselves. */
export function templateOf(token: Token): Segment[] {
  const s = token.text
  if (!s.includes('{{') && !s.includes('}}')) return s === '' ? [] : [{ text: unescaped(s) }]
  const segments: Segment[] = []
  let inside = false
  let current = ''
  let at = 0
  while (at < s.length) {
    const two = s.slice(at, at + 2)
    const three = s.slice(at, at + 3)
    if (inside && two === '}}') {
      const start = token.start + at - current.length - 1
      if (current !== '') segments.push({ variable: current.trim(), start, end: token.start + at + 3 })
      current = ''
      inside = false
      at += 2
    } else if (!inside && (three === '\\{{' || three === '\\}}')) {
      current += three.slice(1)
      at += 3
    } else if (!inside && two === '{{') {
      if (current !== '') segments.push({ text: unescaped(current) })
      current = ''
      inside = true
      at += 2
    } else {
      current += s[at]
      at++
    }
  }
  if (!inside && current !== '') segments.push({ text: unescaped(current) })
  return segments
}
