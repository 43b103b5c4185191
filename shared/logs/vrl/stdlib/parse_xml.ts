import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { parseXml } from '../lib/xml.ts'
import { type Text, text, type Value } from '../value.ts'

export const parse_xml = define({
  name: 'parse_xml',
  summary: 'The elements of an XML document as objects.',
  parameters: [
    textValue,
    optional('trim', kind.boolean),
    optional('include_attr', kind.boolean),
    optional('attr_prefix', kind.bytes),
    optional('text_key', kind.bytes),
    optional('always_use_text_key', kind.boolean),
    optional('parse_bool', kind.boolean),
    optional('parse_null', kind.boolean),
    optional('parse_number', kind.boolean),
  ],
  returns: kind.anyObject,
  fails: true,
  run: (
    _,
    value: Text,
    trim: Value = true,
    includeAttr: Value = true,
    attrPrefix: Text = '@',
    textKey: Text = 'text',
    alwaysUseTextKey: Value = false,
    parseBool: Value = true,
    parseNull: Value = true,
    parseNumber: Value = true,
  ) =>
    parseXml(text(value), {
      trim: trim === true,
      includeAttr: includeAttr === true,
      attrPrefix: text(attrPrefix),
      textKey: text(textKey),
      alwaysUseTextKey: alwaysUseTextKey === true,
      parseBool: parseBool === true,
      parseNull: parseNull === true,
      parseNumber: parseNumber === true,
    }),
  example: { source: 'parse_xml!(s\'<a k="1"><b>x</b><b>y</b></a>\')', result: { a: { '@k': '1', b: ['x', 'y'] } } },
})
