import { expect, test } from 'vitest'
import { compile } from './index.ts'

/** Longer than any record; quadratic work on it takes minutes. */
const length = 300_000
const seeds = ['1', ' ', 'a', '"', '=', 'a ', ' "', 'a=', '\\', '[', '<', 'k: ', '0.', '- ', 'aA', '%4', '(', 'iPhone', 'BB10']

/** Readers of text that are written by hand or with patterns of ours. */
test.each([
  'parse_key_value!(s)',
  'parse_logfmt!(s)',
  'parse_json!(s)',
  'parse_csv!(s)',
  'parse_tokens(s)',
  'parse_bytes!(s, "B")',
  'parse_duration!(s, "s")',
  'parse_int!(s)',
  'to_float!(s)',
  'to_bool!(s)',
  'parse_cef!(s)',
  'parse_syslog!(s)',
  'parse_url!(s)',
  'parse_query_string(s)',
  'parse_ruby_hash!(s)',
  'parse_influxdb!(s)',
  'parse_yaml!(s)',
  'strip_whitespace(s)',
  'strip_ansi_escape_codes(s)',
  'snakecase(s)',
  'decode_percent(s)',
  'parse_user_agent(s, mode: "enriched")',
])(
  '%s takes linear time',
  (call) => {
    const fallible = call.includes('!')
    const compiled = compile(`s = string!(.s)\n.x = ${fallible ? call.replace('!', '') : call}${fallible ? ' ?? null' : ''}`)
    if ('diagnostics' in compiled) throw new Error(JSON.stringify(compiled.diagnostics))
    for (const seed of seeds) {
      const s = `${seed.repeat(length / seed.length)}\u0001x`
      const started = performance.now()
      compiled.program.run({ s }, { at: 0 })
      expect(performance.now() - started, JSON.stringify(seed)).toBeLessThan(5000)
    }
  },
  120_000,
)
