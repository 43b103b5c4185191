/** How a level is shown: three letters, and which of the histogram's colours it belongs to. */
export type Level = { letters: string; kind: 'error' | 'warn' | 'info' | 'debug' }

const known: [RegExp, Level][] = [
  [/^(fatal|critical|crit|emerg|emergency|alert|panic)$/, { letters: 'FTL', kind: 'error' }],
  [/^err(or)?\d?$/, { letters: 'ERR', kind: 'error' }],
  [/^warn(ing)?\d?$/, { letters: 'WRN', kind: 'warn' }],
  [/^(info(rmation(al)?)?|notice)\d?$/, { letters: 'INF', kind: 'info' }],
  [/^debug\d?$/, { letters: 'DBG', kind: 'debug' }],
  [/^(trace|verbose|silly)\d?$/, { letters: 'TRC', kind: 'debug' }],
]

/** An unknown level is its own first three letters; none is a dash. */
export function levelOf(level: string): Level {
  const text = level.toLowerCase()
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? { letters: text ? text.slice(0, 3).toUpperCase() : '–', kind: 'info' }
}
