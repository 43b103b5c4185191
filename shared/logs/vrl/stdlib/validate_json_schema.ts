import { literal } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import { parseJson, parseJsonBytes } from '../json.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { schemaFaults } from '../lib/json-schema.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, isString, text } from '../value.ts'

export const validate_json_schema = define({
  name: 'validate_json_schema',
  summary: 'Whether JSON text meets a JSON Schema, given as a file the host provides.',
  parameters: [textValue, required('schema_definition', kind.bytes), optional('ignore_unknown_formats', kind.boolean)],
  returns: kind.boolean,
  fails: true,
  prepare: (call) => {
    const name = literal(call, 'schema_definition')!
    const file = isString(name) ? call.file(text(name)) : undefined
    if (file === undefined)
      return () =>
        fail(
          `JSON schema not found: Failed to open schema definition file '${isString(name) ? text(name) : ''}': No such file or directory (os error 2)`,
        )
    const schema = parseJson(typeof file === 'string' ? file : text(bytes(file)))
    const { run: value } = call.arg('value')!
    return (run) => {
      const v = value(run)
      if (!isString(v)) return wrongType('string', v)
      const faults = schemaFaults(parseJsonBytes(v), schema, '')
      return faults.length === 0 || fail(`JSON schema validation failed: ${faults.join(', ')}`)
    }
  },
  example: { source: 'validate_json_schema("{}", "nowhere.json") ?? false', result: false },
})
