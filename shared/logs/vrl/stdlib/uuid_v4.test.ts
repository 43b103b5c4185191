import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match } from './match.ts'
import { uuid_v4 } from './uuid_v4.ts'

test.each([[`match(uuid_v4(), r'^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')`, 'true']])(
  '%s',
  (source, expected) => {
    expect(evaluate([uuid_v4, match], source)).toBe(expected)
  },
)
