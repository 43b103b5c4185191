/** Lines that differ only in numbers and ids, as one: `took <n> ms`. `only` is the search that finds them. */
export type Pattern = { text: string; count: number; only: string }

const LOOKED_AT = 2000
const CHARS = 160
const HOLE = '<n>'
/** Ids and numbers, with what joins their digits: 4f2a…, 10.0.0.7, 14:02, 1,204. */
const CHANGING = /\b(?:0x)?(?=[0-9a-f-]*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b|\d+(?:[.,:]\d+)*/gi
const CHANGED = '[0-9A-Fa-fx.,:-]+'

/** What most lines say, the most frequent first; of the newest 2,000 of those that are loaded (`rows` is oldest first). A line that stands alone is no pattern. */
export function patternsOf(rows: readonly { message: string }[], shown = 8): Pattern[] {
  const counts = new Map<string, number>()
  for (const { message } of rows.slice(-LOOKED_AT)) {
    const text = message.slice(0, CHARS).split('\n', 1)[0]!.replace(CHANGING, HOLE).trim()
    if (text && text !== HOLE) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, shown)
    .map(([text, count]) => ({ text, count, only: searchOf(text) }))
}

const searchOf = (text: string): string =>
  `message=~/^${text
    .split(HOLE)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join(CHANGED)}/`
