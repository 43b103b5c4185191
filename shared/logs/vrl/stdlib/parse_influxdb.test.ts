import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_influxdb } from './parse_influxdb.ts'

test.each([
  [
    'parse_influxdb!("cpu,host=a load=0.5,up=true 1777982400000000000")',
    '[{"gauge":{"value":0.5},"kind":"absolute","name":"cpu_load","tags":{"host":"a"},"timestamp":"2026-05-05T12:00:00Z"},{"gauge":{"value":1.0},"kind":"absolute","name":"cpu_up","tags":{"host":"a"},"timestamp":"2026-05-05T12:00:00Z"}]',
  ],
  ['parse_influxdb!("nonsense")', 'error: InfluxDB line protocol parsing error: A generic parsing error occurred: TakeWhile1'],
])('%s', (source, expected) => {
  expect(evaluate([parse_influxdb], source)).toBe(expected)
})
