import { quote } from '../text/quoted.ts'

/** `type` is the literal text of punctuation and operators, the lower-case word of keywords, or one of the classes below. */
export type Token = { readonly type: string; readonly text: string; readonly start: number; readonly end: number }

const AGGREGATORS = [
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'count_values',
  'quantile',
  'limitk',
  'limit_ratio',
]
const KEYWORDS = [
  'offset',
  'smoothed',
  'anchored',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'fill',
  'fill_left',
  'fill_right',
  'bool',
]
const WORD_OPERATORS = ['and', 'or', 'unless', 'atan2']
const QUERY_TIMES = ['start', 'end', 'step', 'range', 'min_of', 'max_of']
const OPERATORS = ['+', '-', '*', '/', '%', '^', '==', '!=', '<=', '<', '>=', '>', '=~', '!~', '@', '</', '>/', ...WORD_OPERATORS]

export const WORDS: ReadonlySet<string> = new Set([...AGGREGATORS, ...KEYWORDS, ...WORD_OPERATORS, ...QUERY_TIMES])

/** Words that are also accepted where a metric name may stand. */
export const NAMES_A_METRIC: ReadonlySet<string> = new Set(
  [...WORDS].filter((word) => !['bool', 'on', 'ignoring', 'group_left', 'group_right', 'atan2'].includes(word)),
)

export const isAggregator = (type: string): boolean => AGGREGATORS.includes(type)

/** How an error message names a token it did not expect. */
export function describeToken(token: Token): string {
  switch (token.type) {
    case 'eof':
      return 'end of input'
    case 'identifier':
      return `identifier ${quote(token.text)}`
    case 'metric':
      return `metric identifier ${quote(token.text)}`
    case 'string':
    case 'number':
    case 'duration':
      return `${token.type} ${shortened(token.text)}`
    default:
      if (KEYWORDS.includes(token.type)) return `<${token.text}>`
      if (OPERATORS.includes(token.type)) return `<op:${token.text}>`
      if (AGGREGATORS.includes(token.type)) return `<aggr:${token.text}>`
      return shortened(token.text)
  }
}

const shortened = (text: string): string => (text.length > 10 ? `${quote(text.slice(0, 10))}...` : quote(text))
