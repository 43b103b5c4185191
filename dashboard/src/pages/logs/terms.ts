import { parseSearch, type Search } from '../../../../shared/logs/search/parse.ts'
import { columns } from '../../../../shared/logs/search/row.ts'

/** Searches made by pressing: what is added means exactly this value, whatever it contains. */
const FIELD = /^[A-Za-z_@][\w@.\-/[\]]*$/
const named = new Set<string>([...columns, 'timestamp', 'dt', 'fulltext'])

/** A field of a record as the search names it; an attribute that is called like a column says so. */
export const attributeName = (key: string): string => (named.has(key) ? `attributes.${key}` : key)

/** `text` as one value: quoted when a bare word would end early. */
export const quoted = (text: string): string => (/^[^\s()"\\/]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`)

const term = (field: string, operator: '=' | '!=', value: string): string => {
  if (FIELD.test(field)) return `${field}${operator}${quoted(value)}`
  const text = `"${value.replace(/[\\"]/g, '\\$&')}"`
  return operator === '=' ? text : `NOT ${text}`
}

/** The search that also asks for `field = value`; the opposite of it is taken out. */
export const onlyThis = (query: string, field: string, value: string): string =>
  withTerm(query, term(field, '=', value), term(field, '!=', value))
/** The search without `field = value`. */
export const withoutThis = (query: string, field: string, value: string): string =>
  withTerm(query, term(field, '!=', value), term(field, '=', value))

/** The search that also asks for `wanted`, a term of its own. */
export const also = (query: string, wanted: string): string => withTerm(query, wanted, wanted)

function withTerm(query: string, wanted: string, opposite: string): string {
  const terms = ` ${query.trim()} `
  if (terms.includes(` ${wanted} `)) return query.trim()
  const rest = terms.replace(` ${opposite} `, ' ').trim()
  const read = parseSearch(rest)
  // an OR at the top would swallow the new term; what cannot be read is left for its own message
  return ['search' in read && read.search.is === 'or' ? `(${rest})` : rest, wanted].filter(Boolean).join(' ')
}

/** Texts that a found line contains, for marking them: those not negated. */
export function searchedTexts(search: Search): string[] {
  switch (search.is) {
    case 'and':
    case 'or':
      return search.parts.flatMap(searchedTexts)
    case 'text':
      return search.text.length > 1 ? [search.text] : []
    case 'field':
      return (search.field === 'message' || search.field === 'fulltext') && search.operator === ':' && search.value ? [search.value] : []
    case 'all':
    case 'not':
    case 'matches':
      return []
    default:
      return search satisfies never
  }
}

/** `text` in pieces, those that contain one of `words` marked. */
export function marked(text: string, words: readonly string[]): { text: string; mark: boolean }[] {
  if (!words.length) return [{ text, mark: false }]
  const pattern = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})`, 'gi')
  return text
    .split(pattern)
    .map((part, i) => ({ text: part, mark: i % 2 === 1 }))
    .filter((part) => part.text)
}
