import { expect, test } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { searchLogs } from '../../shared/logs/read.ts'
import { parseSearch, type Search } from '../../shared/logs/search/parse.ts'
import { searchPredicate } from '../../shared/logs/search/predicate.ts'
import type { SearchedRow } from '../../shared/logs/search/row.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { aTeam, env } from '../given.ts'

const RECORDS = 400
const SEARCHES = 260
const T0 = Date.UTC(2026, 9, 1)

/** Repeatable randomness: a failure can be run again with its seed. */
function dice(seed: number) {
  let s = seed
  const next = () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0
    return s / 2 ** 32
  }
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!
  return { next, pick, some: (most: number) => Math.floor(next() * (most + 1)) }
}
type Dice = ReturnType<typeof dice>

/** Where text gets difficult: folding, numbers that look alike, quotes, newlines, emoji, punctuation of every layer below. */
const words = [
  'timeout', 'TIMEOUT', 'TimeOut', 'Straße', 'STRASSE', 'ﬁle', 'İstanbul', 'ISTANBUL', 'istanbul', 'ı', 'K', 'K', 'k', 'ſ', 's', 'µs', 'μs', 'ΣΑΣ', 'σας',
  'École', 'école', 'ÉCOLE', 'naïve', '日本', '👩‍🚀', 'e\u0301', 'a.b', 'a*b', "it's", '"quoted"', '\\d', '%41', '_', '{p0:String}', '\n', 'x\ny', '\t', '\u0000', '200', '2e2', '-5', '0',
  '-0', '007', '1.50', '1.5', '1e400', '+7', '0x10', 'NaN', 'Infinity', '9007199254740993', '9007199254740992', '0.1', '.5', '5.', '', ' ', 'AND', 'or', '(x)', '/a/b?c=d', 'http://x/y',
] // biome-ignore format: a list
const fieldNames = [
  'level',
  'service',
  'message',
  'trace_id',
  'span_id',
  'status',
  'user.id',
  'a.b.c',
  'attributes.status',
  'missing',
  '@odd',
  'fulltext',
  'source_id',
]
const patterns = [
  'time.?out',
  '^T',
  'out$',
  '\\d+',
  '(?i)école',
  '[^a-z]',
  'x.y',
  '\\s',
  '^$',
  'é',
  '\\bIT',
  'k',
  '(a|b)+c?',
  '\\.',
  '日',
  '[[:upper:]]{3}',
  '\\pL',
  '\\w+é',
]

function record(d: Dice): SearchedRow {
  const text = () => Array.from({ length: d.some(3) }, () => d.pick(words)).join(d.pick([' ', ' ', '', '-']))
  const attributes: Record<string, string> = {}
  for (const name of ['status', 'user.id', 'a.b.c', '@odd', 'other'])
    if (d.next() < 0.6) attributes[name] = d.next() < 0.5 ? d.pick(words) : text()
  const nanos = String(d.some(999_999_999)).padStart(9, '0')
  return {
    timestamp: `${new Date(T0 + d.some(5) * 1000).toISOString().slice(0, 19)}.${nanos}Z`,
    level: d.pick(['error', 'info', 'warn', '', 'İ']),
    service: d.pick(words),
    message: text(),
    trace_id: d.pick(['', 'abc', 'ABC']),
    span_id: d.pick(['', 'k']),
    source_id: '',
    attributes,
  }
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

function searchText(d: Dice, rows: SearchedRow[], depth = 0): string {
  const roll = d.next()
  const value = () => (d.next() < 0.3 ? (Object.values(d.pick(rows).attributes)[0] ?? 'x') : d.pick(words))
  if (depth < 3 && roll < 0.2) return `(${searchText(d, rows, depth + 1)} ${d.pick(['AND', 'OR', ''])} ${searchText(d, rows, depth + 1)})`
  if (depth < 3 && roll < 0.3) return `NOT ${searchText(d, rows, depth + 1)}`
  if (roll < 0.45) return quoted(value())
  if (roll < 0.52)
    return `${d.pick(['timestamp', 'dt'])} ${d.pick(['>=', '<', '=', '!=', '>', '<='])} ${new Date(T0 + d.some(5) * 1000 + d.some(999)).toISOString()}`
  const field = d.pick(fieldNames)
  if (roll < 0.64) return `${field} ${d.pick(['=~', '!~'])} /${d.pick(patterns)}/${d.pick(['', 'i'])}`
  if (roll < 0.8)
    return `${field} ${d.pick(['>', '<', '>=', '<='])} ${d.pick(['0', '200', '-5', '1.5', '1e400', '9007199254740992', '0.1', '-0'])}`
  return `${field} ${d.pick(['=', '!=', ':', '!:'])} ${quoted(value())}`
}

const parsed = (text: string): Search | null => {
  const p = parseSearch(text)
  if ('unreadable' in p) return null
  return p.search
}

test(`SQL and predicate find the same of ${RECORDS} records in ${SEARCHES} generated searches`, { timeout: 120_000 }, async () => {
  const { team } = await aTeam()
  const source = newId()
  const d = dice(20261123)
  const rows = Array.from({ length: RECORDS }, (_, i) => {
    const row = record(d)
    return { ...row, source_id: source, attributes: { ...row.attributes, id: `#${i}` } }
  })
  const body = rows.map((r) => `${JSON.stringify({ ...r, team, retention_days: 3652 })}\n`).join('')
  expect(await insert(clickhouseOf(env), 'logs', body, newId())).toEqual({ outcome: 'ok' })
  const ch = clickhouse(clickhouseOf(env))
  let [asked, finding] = [0, 0]
  const wrong: string[] = []
  while (asked < SEARCHES) {
    const text = searchText(d, rows)
    const search = parsed(text)
    if (!search) continue
    asked += 1
    const found = await searchLogs(ch, team, { search, from: T0 - 1000, to: T0 + 60_000, sources: [] }, { limit: 1000, order: 'asc' })
    const bySql = found!.data.map((r) => r.attributes.id!).sort()
    const byPredicate = rows
      .filter(searchPredicate(search))
      .map((r) => r.attributes.id)
      .sort()
    if (bySql.length && bySql.length < RECORDS) finding += 1
    const differing = [
      ...bySql.filter((id) => !byPredicate.includes(id)).map((id) => `+${id}`),
      ...byPredicate.filter((id) => !bySql.includes(id)).map((id) => `-${id}`),
    ]
    if (differing.length) {
      const row = rows[Number(differing[0]!.slice(2))]
      wrong.push(`${JSON.stringify(text)}: ${differing.length} differ, such as ${differing[0]} ${JSON.stringify(row)}`)
    }
  }
  expect(wrong).toEqual([])
  // searches that find all or nothing prove little
  expect(finding).toBeGreaterThan(SEARCHES / 2)
})
