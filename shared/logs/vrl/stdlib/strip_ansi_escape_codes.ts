import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are control characters
const codes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[ -/]*[0-~])/g

export const strip_ansi_escape_codes = define({
  name: 'strip_ansi_escape_codes',
  summary: 'Text without the codes that colour terminals.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => text(value).replace(codes, ''),
  example: { source: 'strip_ansi_escape_codes(decode_base16!("1b5b33316d726564"))', result: 'red' },
})
