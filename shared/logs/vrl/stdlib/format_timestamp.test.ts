import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { format_timestamp } from './format_timestamp.ts'

test.each([
  [`format_timestamp!(t'2026-05-05T12:34:56.789Z', "%Y/%m/%d %H-%M-%S%.3f %a")`, '"2026/05/05 12-34-56.789 Tue"'],
  [`format_timestamp!(t'2026-05-05T12:00:00Z', "%R %Z", timezone: "Europe/Berlin")`, '"14:00 CEST"'],
  [`format_timestamp!(t'2026-05-05T12:00:00Z', "%v %s %j")`, '" 5-May-2026 1777982400 125"'],
  [`format_timestamp!(t'2026-05-05T12:00:00Z', "%R", timezone: "Moon/Base")`, 'error: unable to parse timezone: Moon/Base'],
])('%s', (source, expected) => {
  expect(evaluate([format_timestamp], source)).toBe(expected)
})
