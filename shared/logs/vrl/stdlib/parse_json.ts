import { define, optional } from '../define.ts'
import { parseJson, parseJsonBytes } from '../json.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { Failure, fail, type Int, type Text, text, toNumber, type Value } from '../value.ts'

export const parse_json = define({
  name: 'parse_json',
  summary: 'The value that JSON text stands for; below a depth of your choice, objects and arrays stay text.',
  parameters: [textValue, optional('max_depth', kind.integer), optional('lossy', kind.boolean)],
  returns: () => jsonValue,
  fails: true,
  run: (_, value: Text, maxDepth?: Int, lossy: Value = true) => {
    if (maxDepth !== undefined && (toNumber(maxDepth) < 1 || toNumber(maxDepth) > 128))
      return fail(`max_depth value should be greater than 0 and less than 128, got ${toNumber(maxDepth)}`)
    if (maxDepth === undefined && typeof value === 'string') return parseJson(value)
    const source = lossy === true ? text(value) : value
    return maxDepth === undefined ? parseJsonBytes(source) : shallowJson(source, toNumber(maxDepth))
  },
  example: { source: 'parse_json!("{\\"a\\": [1, 2.0]}")', result: { a: [1, 2.0] } },
})

const jsonValue = kind.or({ scalars: 0, array: kind.jsonOf, object: kind.jsonOf }, kind.json.scalars & ~kind.scalar.undefined)

/** To a depth the reference reads in another way, and says so. */
function shallowJson(source: Text, depth: number): Value {
  try {
    return parseJsonBytes(source, depth)
  } catch (e) {
    if (e instanceof Failure) throw new Failure(e.message.replace('unable to parse json', 'unable to read json'))
    throw e
  }
}
