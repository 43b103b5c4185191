import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_logfmt } from './parse_logfmt.ts'

test.each([['parse_logfmt!("level=info msg=\\"all well\\" n=1 flag")', '{"flag":true,"level":"info","msg":"all well","n":"1"}']])(
  '%s',
  (source, expected) => {
    expect(evaluate([parse_logfmt], source)).toBe(expected)
  },
)
