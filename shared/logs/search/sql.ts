import { isAscii, isNumber, isTime, NUMBER, type Search } from './parse.ts'
import { attribute, isColumn } from './row.ts'

/** A condition for WHERE with typed parameters (`{p0:String}`): nothing of the search is ever SQL text. */
export type Condition = { sql: string; params: Record<string, string | number> }

/** Means what predicate.ts means; test/api proves it on generated records against the real ClickHouse. */
export function searchSql(search: Search): Condition {
  const params: Record<string, string | number> = {}
  const bind = (value: string | number, type: string): string => {
    const name = `p${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  return { sql: compile(search, bind), params }
}

type Bind = (value: string | number, type: string) => string

function compile(search: Search, bind: Bind): string {
  switch (search.is) {
    case 'all':
      return '1'
    case 'and':
    case 'or':
      return `(${search.parts.map((p) => compile(p, bind)).join(` ${search.is.toUpperCase()} `)})`
    case 'not':
      return `NOT ${compile(search.part, bind)}`
    case 'text':
      return anywhere(bind(search.text, 'String'), search.text)
    case 'field':
      return field(search, bind)
    case 'matches': {
      // ClickHouse's RE2 lets a dot match a newline; predicate.ts does the same
      const pattern = bind(`${search.ignoreCase ? '(?i)' : ''}${search.pattern}`, 'String')
      const found =
        search.field === 'fulltext'
          ? `(${everyText.map((t) => `match(${t}, ${pattern})`).join(' OR ')} OR arrayExists(v -> match(v, ${pattern}), mapValues(attributes)))`
          : `match(${textOf(search.field, bind)}, ${pattern})`
      return search.negated ? `NOT ${found}` : found
    }
    default:
      return search satisfies never
  }
}

const everyText = ['message', 'level', 'service', 'trace_id']

function anywhere(needle: string, text: string): string {
  const contains = (value: string) => has(value, needle, text)
  return `(${everyText.map(contains).join(' OR ')} OR arrayExists(v -> ${contains('v')}, mapValues(attributes)))`
}

/** Case-insensitive. The ASCII form is several times faster; lowerUTF8 is JavaScript's toLowerCase (measured on 128,896 code points). */
const has = (value: string, needle: string, text: string) =>
  isAscii(text) ? `positionCaseInsensitive(${value}, ${needle}) > 0` : `position(lowerUTF8(${value}), lowerUTF8(${needle})) > 0`

function field({ field, operator, value }: Extract<Search, { is: 'field' }>, bind: Bind): string {
  if (isTime(field))
    return `toUnixTimestamp64Milli(timestamp) ${operator === ':' ? '=' : operator === '!:' ? '!=' : operator} ${bind(Date.parse(value) || 0, 'Int64')}`
  if (field === 'fulltext') {
    const found = anywhere(bind(value, 'String'), value)
    return operator === '!=' || operator === '!:' ? `NOT ${found}` : found
  }
  const text = textOf(field, bind)
  const number = `if(match(${text}, '${NUMBER.replaceAll('\\', '\\\\')}'), toFloat64OrNull(${text}), NULL)`
  switch (operator) {
    case '=':
    case '!=': {
      const same = `${text} = ${bind(value, 'String')}`
      const equal = isNumber(value) ? `(${same} OR coalesce(${number} = ${bind(Number(value), 'Float64')}, 0))` : same
      return operator === '=' ? equal : `NOT ${isNumber(value) ? equal : `(${equal})`}`
    }
    case ':':
    case '!:':
      return `${operator === '!:' ? 'NOT ' : ''}(${has(text, bind(value, 'String'), value)})`
    case '>':
    case '<':
    case '>=':
    case '<=':
      return `coalesce(${number} ${operator} ${bind(Number(value), 'Float64')}, 0)`
    default:
      return operator satisfies never
  }
}

const textOf = (field: string, bind: Bind): string =>
  field === 'source_id' ? 'toString(source_id)' : isColumn(field) ? field : `attributes[${bind(attribute(field), 'String')}]`
