export type Token = { kind: 'keyword' | 'string' | 'number' | 'comment' | 'function' | 'field' | 'operator'; from: number; to: number }

/** First match wins. Strings, raw literals and comments may span lines, so the whole program is read, not lines of it. */
const rules: readonly (readonly [Token['kind'] | null, RegExp])[] = [
  ['comment', /#[^\n]*/y],
  ['string', /[rst]?'(?:[^'\\]|\\[\s\S])*'?/y],
  ['string', /"(?:[^"\\]|\\[\s\S])*"?/y],
  ['number', /\d[\d_]*(?:\.\d+)?/y],
  ['field', /[.%](?:"(?:[^"\\]|\\.)*"|[A-Za-z_@][\w@]*)(?:\.(?:"(?:[^"\\]|\\.)*"|[A-Za-z_@][\w@]*)|\[-?\d+\])*/y],
  ['keyword', /(?:if|else|abort|return|null|true|false)\b/y],
  ['function', /[a-z_]\w*(?=!?\s*\()/y],
  [null, /[A-Za-z_]\w*/y],
  ['operator', /\?\?|\|\||&&|->|[=!<>|]=|[-+*/<>|=!]/y],
]

/** A program in pieces that have a colour; what has none is left out. Never fails: it is read while it is written. */
export function tokens(program: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < program.length; ) {
    const hit = rules.find(([, pattern]) => {
      pattern.lastIndex = at
      return pattern.test(program)
    })
    const to = hit ? Math.max(at + 1, hit[1].lastIndex) : at + 1
    if (hit?.[0]) found.push({ kind: hit[0], from: at, to })
    at = to
  }
  return found
}
