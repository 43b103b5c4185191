import { unexpectedExpression } from '../bad-argument.ts'
import { BadArgument, define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { casing, type Place, placeNames, words } from '../lib/casing.ts'
import { isString, type Text, text, type Value } from '../value.ts'

const plain = casing((w) => w.map((x) => x.toLowerCase()).join('_'))

export const snakecase = define({
  ...plain,
  name: 'snakecase',
  summary: 'Writes a name in snake_case; at the boundaries you exclude it stays one word.',
  parameters: [...plain.parameters, { ...optional('excluded_boundaries', kind.anyArray), otherwise: 'takes' }],
  prepare: (call) => {
    plain.prepare?.(call)
    const given = call.arg('excluded_boundaries')
    if (given && !given.items && given.constant === undefined) unexpectedExpression('excluded_boundaries', 'array', given)
    for (const item of given?.items ?? []) checkBoundary(item.constant)
    return undefined
  },
  run: (_, value: Text, originalCase?: Text, excluded: Value[] = []) => {
    const places = excluded.map((b) => (isString(b) ? (text(b) as Place) : 'upper_lower'))
    return words(text(value), originalCase === undefined ? undefined : text(originalCase), places)
      .map((x) => x.toLowerCase())
      .join('_')
  },
  example: { source: 'snakecase("s3BucketName", excluded_boundaries: ["lower_digit"])', result: 's3_bucket_name' },
})

function checkBoundary(v: Value | undefined): void {
  if (v === undefined) throw new BadArgument(0, 'expected static string for excluded_boundaries', [])
  if (!isString(v)) throw new BadArgument(0, 'excluded_boundaries must contain only strings', [])
  if (!placeNames.includes(text(v) as Place)) throw new BadArgument(0, `boundary must match one of: ${placeNames.join(', ')}`, [])
}
