import { RE2JS } from 're2js'
import { isAscii, isNumber, isTime, type Search } from './parse.ts'
import { attribute, isColumn, type SearchedRow } from './row.ts'

type Predicate = (row: SearchedRow) => boolean

/** A function that says whether a record is found; means what sql.ts means. Throws `SyntaxError` for a pattern that RE2 refuses. */
export function searchPredicate(search: Search): Predicate {
  switch (search.is) {
    case 'all':
      return () => true
    case 'and': {
      const parts = search.parts.map(searchPredicate)
      return (row) => parts.every((p) => p(row))
    }
    case 'or': {
      const parts = search.parts.map(searchPredicate)
      return (row) => parts.some((p) => p(row))
    }
    case 'not': {
      const part = searchPredicate(search.part)
      return (row) => !part(row)
    }
    case 'text':
      return anywhere(contains(search.text))
    case 'field':
      return field(search)
    case 'matches': {
      const test = matcher(search.pattern, search.ignoreCase)
      const found: Predicate =
        search.field === 'fulltext'
          ? anywhere(test)
          : (
              (value) => (row: SearchedRow) =>
                test(value(row))
            )(textOf(search.field))
      return search.negated ? (row) => !found(row) : found
    }
    default:
      return search satisfies never
  }
}

function matcher(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  try {
    const re = RE2JS.compile(pattern, RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0))
    return (text) => re.matcher(text).find()
  } catch (e) {
    throw new SyntaxError(`The pattern is not one that RE2 knows: ${(e as Error).message}`)
  }
}

const anywhere =
  (test: (text: string) => boolean): Predicate =>
  (row) => {
    if (test(row.message) || test(row.level) || test(row.service) || test(row.trace_id)) return true
    for (const key in row.attributes) if (test(row.attributes[key]!)) return true
    return false
  }

/** Case-insensitive as sql.ts does it: a needle of ASCII finds only ASCII, any other is compared in lower case. */
function contains(text: string): (value: string) => boolean {
  if (!isAscii(text)) {
    const needle = text.toLowerCase()
    return (value) => value.toLowerCase().includes(needle)
  }
  // without the u flag JavaScript never folds beyond ASCII into ASCII
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'i')
  return (value) => pattern.test(value)
}

function field({ field, operator, value }: Extract<Search, { is: 'field' }>): Predicate {
  if (isTime(field)) {
    const at = Date.parse(value) || 0
    const compare = comparisons[operator === ':' ? '=' : operator === '!:' ? '!=' : operator]
    return (row) => compare(Math.floor(Date.parse(row.timestamp)), at)
  }
  if (field === 'fulltext') {
    const found = anywhere(contains(value))
    return operator === '!=' || operator === '!:' ? (row) => !found(row) : found
  }
  const text = textOf(field)
  switch (operator) {
    case '=':
    case '!=': {
      const wanted = isNumber(value) ? Number(value) : null
      const equal = (t: string) => t === value || (wanted !== null && isNumber(t) && Number(t) === wanted)
      return operator === '=' ? (row) => equal(text(row)) : (row) => !equal(text(row))
    }
    case ':':
    case '!:': {
      const test = contains(value)
      return operator === ':' ? (row) => test(text(row)) : (row) => !test(text(row))
    }
    case '>':
    case '<':
    case '>=':
    case '<=': {
      const [compare, wanted] = [comparisons[operator], Number(value)]
      return (row) => {
        const t = text(row)
        return isNumber(t) && compare(Number(t), wanted)
      }
    }
    default:
      return operator satisfies never
  }
}

const comparisons = {
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
}

/** A missing attribute is the empty text, as in a Map of ClickHouse. */
function textOf(field: string): (row: SearchedRow) => string {
  if (isColumn(field)) return (row) => row[field]
  const key = attribute(field)
  return (row) => (Object.hasOwn(row.attributes, key) ? row.attributes[key]! : '')
}
