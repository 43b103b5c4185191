import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_user_agent } from './parse_user_agent.ts'

test.each([
  [
    'parse_user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")',
    '{"browser":{"family":"Firefox","version":"128.0"},"device":{"category":"pc"},"os":{"family":"Linux","version":null}}',
  ],
  [
    'parse_user_agent("", mode: "reliable")',
    '{"browser":{"family":null,"version":null},"device":{"category":null},"os":{"family":null,"version":null}}',
  ],
])('%s', (source, expected) => {
  expect(evaluate([parse_user_agent], source)).toBe(expected)
})
