import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { parseYaml } from '../lib/yaml.ts'
import { type Text, text } from '../value.ts'

export const parse_yaml = define({
  name: 'parse_yaml',
  summary: 'The value that YAML text stands for.',
  parameters: [textValue],
  returns: kind.or({ scalars: 0, array: kind.jsonOf, object: kind.jsonOf }, kind.json.scalars & ~kind.scalar.undefined),
  fails: true,
  run: (_, value: Text) => parseYaml(text(value)),
  example: { source: 'parse_yaml!("a:\\n  - 1\\n  - b: true")', result: { a: [1, { b: true }] } },
})
