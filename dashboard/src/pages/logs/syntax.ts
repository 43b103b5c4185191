/** The search language as it is typed: colours and what could come next. Lenient where parse.ts is exact: half a search has colours too. */
export type Piece = { from: number; to: number; kind: 'field' | 'operator' | 'value' | 'keyword' }

const TERM =
  /"(?:\\.|[^"\\])*"?|([A-Za-z_@][\w@.\-/[\]]*)\s*(=~|!~|!=|!:|>=|<=|=|:(?!\/\/)|>|<)\s*("(?:\\.|[^"\\])*"?|\/(?:\\.|[^/\\])*\/?i?|[^\s()]*)|\b(AND|OR|NOT)(?![^\s()"])|[^\s()"]+/dg

/** Coloured pieces of `text`, in order, without overlap. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = []
  for (const found of text.matchAll(TERM)) {
    const at = found.indices!
    const add = (i: number, kind: Piece['kind']) => at[i] && at[i][0] < at[i][1] && out.push({ from: at[i][0], to: at[i][1], kind })
    if (found[1]) {
      add(1, 'field')
      add(2, 'operator')
      add(3, 'value')
    } else if (found[4]) add(4, 'keyword')
    else if (found[0].startsWith('"')) add(0, 'value')
  }
  return out
}

/** What could be completed at the caret: a field from `from` on, or a value of `field`. Null inside quotes and patterns. */
export type Completing = { from: number; part: string } & ({ what: 'field' } | { what: 'value'; field: string })
export function completingAt(text: string, caret: number): Completing | null {
  const before = text.slice(0, caret)
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2) return null
  const value = /([A-Za-z_@][\w@.\-/[\]]*)(?:!=|!:|=|:)([^\s()"]*)$/.exec(before)
  if (value) return { what: 'value', field: value[1]!, from: caret - value[2]!.length, part: value[2]! }
  const field = /(?:^|[\s(])([A-Za-z_@][\w@.\-/[\]]*)?$/.exec(before)
  return field ? { what: 'field', from: caret - (field[1]?.length ?? 0), part: field[1] ?? '' } : null
}
