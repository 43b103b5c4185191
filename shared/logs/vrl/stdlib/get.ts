import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { dynamicPath } from '../lib/dynamic-path.ts'
import { collection } from '../lib/parameters.ts'
import { get } from '../path.ts'
import type { Value } from '../value.ts'

export const getFunction = define({
  name: 'get',
  summary: 'What is at a computed path, null where nothing is.',
  parameters: [{ ...required('value', collection), otherwise: 'takes' }, required('path', kind.anyArray)],
  returns: kind.any,
  fails: true,
  run: (_, value: Value, path: Value[]) => get(value, dynamicPath(path)) ?? null,
  example: { source: 'get!({ "a": [1, 2] }, ["a", -1])', result: 2 },
})
