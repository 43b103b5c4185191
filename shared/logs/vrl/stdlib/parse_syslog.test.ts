import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_syslog } from './parse_syslog.ts'

test.each([
  [
    'parse_syslog!("<34>1 2026-05-05T12:00:00.123Z gate su 4711 ID47 [exampleSDID@32473 iut=\\"3\\"] failed for ada")',
    '{"appname":"su","exampleSDID@32473":{"iut":"3"},"facility":"auth","hostname":"gate","message":"failed for ada","msgid":"ID47","procid":4711,"severity":"crit","timestamp":"2026-05-05T12:00:00.123Z","version":1}',
  ],
  [
    'parse_syslog!("<13>May  5 12:00:00 gate cron[7]: ran")',
    '{"appname":"cron","facility":"user","hostname":"gate","message":"ran","procid":7,"severity":"notice","timestamp":"2026-05-05T12:00:00Z"}',
  ],
  ['parse_syslog!("nonsense without a shape")', 'error: unable to parse input as valid syslog message'],
])('%s', (source, expected) => {
  expect(evaluate([parse_syslog], source)).toBe(expected)
})
