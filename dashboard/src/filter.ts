/** `key:value` in a filter field. What is no token of a known key is free text. */
export type Token = { key: string; value: string }
export type Filter = { tokens: Token[]; text: string }

/** Splits what was typed. `group:"Card payments"` keeps its space; a key without value stays text until it has one. */
export function parseFilter(typed: string, keys: readonly string[]): Filter {
  const tokens: Token[] = []
  const words: string[] = []
  for (const [word, key, quoted, bare] of typed.matchAll(/(?:([\w-]+):(?:"([^"]*)"|([^\s"]+))|\S+)/g)) {
    const value = quoted ?? bare
    if (key && value && keys.includes(key.toLowerCase())) addToken(tokens, { key: key.toLowerCase(), value })
    else words.push(word)
  }
  return { tokens, text: words.join(' ') }
}

/** True when the text ends in a finished token, so that it may turn into a chip: a space, or a closing quote. */
export const isFinished = (typed: string): boolean => /\s$|:"[^"]*"$/.test(typed)

export function addToken(tokens: Token[], token: Token): Token[] {
  if (!tokens.some((t) => t.key === token.key && t.value === token.value)) tokens.push(token)
  return tokens
}

/** As it is typed and printed: quoted when it has a space. */
export const tokenText = ({ key, value }: Token): string => `${key}:${/\s/.test(value) ? `"${value}"` : value}`

export type Suggestion = { insert: string; label: string; hint: string }
export type FilterField = { key: string; hint: string; values?: readonly { value: string; label?: string }[] }

/** What may come next under the caret: keys first, then the values of the key that is being typed. At most eight. */
export function suggest(typed: string, fields: readonly FilterField[]): Suggestion[] {
  const word = /(\S*)$/.exec(typed)![1]!.toLowerCase()
  const colon = word.indexOf(':')
  if (colon < 0)
    return fields
      .filter((f) => word !== '' && f.key.startsWith(word))
      .map((f) => ({ insert: `${f.key}:`, label: `${f.key}:`, hint: f.hint }))
      .slice(0, 8)
  const field = fields.find((f) => f.key === word.slice(0, colon))
  const part = word.slice(colon + 1).replace(/"/g, '')
  return (field?.values ?? [])
    .filter((v) => `${v.value} ${v.label ?? ''}`.toLowerCase().includes(part))
    .map((v) => ({
      insert: `${tokenText({ key: field!.key, value: v.value })} `,
      label: tokenText({ key: field!.key, value: v.value }),
      hint: v.label ?? '',
    }))
    .slice(0, 8)
}

/** Puts a suggestion in the place of the word under the caret. */
export const complete = (typed: string, insert: string): string => typed.replace(/\S*$/, insert)
