import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_grok } from './parse_grok.ts'

test.each([
  [
    'parse_grok!("10.0.0.1 GET 0.25", "%{IP:client} %{WORD:method} %{NUMBER:took:float}")',
    '{"client":"10.0.0.1","method":"GET","took:float":"0.25"}',
  ],
  ['parse_grok!("no ip", "%{IP:client}")', 'error: unable to parse input with grok pattern'],
  [
    'parse_grok!("a", "%{NO_SUCH:x}")',
    'E610 grok pattern error: The given pattern definition name "NO_SUCH" could not be found in the definition map',
  ],
])('%s', (source, expected) => {
  expect(evaluate([parse_grok], source)).toBe(expected)
})
