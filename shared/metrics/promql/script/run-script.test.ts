import { describe, expect, test } from 'vitest'
import { parseScript } from './parse-script.ts'
import { pinnedVariants } from './pinned.ts'
import { failures, runScript } from './run-script.ts'

const series = `
load 1m
  up{job="a"} 0 1 2
  up{job="b"} 5x2
`

test('what comes true is no failure', async () => {
  expect(
    await failures(`${series}
      eval instant at 1m up
        up{job="a"} 1
        up{job="b"} 5

      eval range from 0 to 2m step 1m up{job="a"}
        up{job="a"} 0 1 2

      eval instant at 1m count(up)
        {} 2

      eval instant at 1m scalar(up{job="a"}) + 1
        2

      eval instant at 1m "text"
        expect string "text"

      eval instant at 2m up{job="a"}[1m:30s]
        expect range vector from 90s to 2m step 30s
        up{job="a"} 1 2

      eval instant at 1m sum(up
        expect fail msg: 1:7: parse error: unclosed left parenthesis

      eval instant at 1m quantile(2, up)
        expect warn regex: between 0 and 1
        expect no_info
        {} Inf

      eval instant at 1m sort_desc(up)
        expect ordered
        up{job="b"} 5
        up{job="a"} 1
    `),
  ).toEqual([])
})

describe('what does not is told with its line', () => {
  test.each([
    ['a wrong value', 'eval instant at 1m up{job="a"}\n  up{job="a"} 2', /^line 6: up\{job="a"\}: .*expected 2/],
    ['a missing series', 'eval instant at 1m up{job="a"}\n  up{job="a"} 1\n  up{job="c"} 1', /missing|not found|expected/],
    ['a series too many', 'eval instant at 1m up\n  up{job="a"} 1', /unexpected/],
    ['a wrong order', 'eval instant at 1m sort(up)\n  expect ordered\n  up{job="b"} 5\n  up{job="a"} 1', /./],
    ['no failure', 'eval instant at 1m up\n  expect fail', /expected up to fail/],
    ['another failure', 'eval instant at 1m up +\n  expect fail msg: other', /expected to fail with other, failed with 1:5/],
    ['an error', 'eval instant at 1m nope()', /error: 1:1: parse error/],
    ['a warning', 'eval instant at 1m quantile(2, up)\n  expect no_warn\n  {} Inf', /warning/],
    ['no warning', 'eval instant at 1m up{job="a"}\n  expect warn\n  up{job="a"} 1', /warn/],
    ['a hole in a range', 'eval range from 0 to 3m step 3m up{job="a"}\n  up{job="a"} 0 _', /./],
    ['another string', 'eval instant at 1m "a"\n  expect string "b"', /./],
  ])('%s', async (_, script, why) => {
    const found = await failures(`${series}\n${script}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(why)
  })
})

test('clear forgets what was loaded', async () => {
  expect(await failures(`${series}\nclear\n\neval instant at 1m up`)).toEqual([])
})

test('start times and classic histograms are loaded as a storage would hold them', async () => {
  expect(
    await failures(`
      load_with_nhcb 1m
        l_bucket{le="1"}    1x2
        l_bucket{le="+Inf"} 3x2
        l_sum               4x2
        l_count             3x2

      eval instant at 1m l
        l {{schema:-53 sum:4 count:3 custom_values:[1] buckets:[1 2]}}

      load 1m
        c_total@st _ -30s
        c_total    1 2

      eval instant at 1m start_timestamp(c_total)
        {} 30
    `),
  ).toEqual([])
})

test('every case is reported, with its line', async () => {
  expect(await runScript(`${series}\neval instant at 0 1\n  1\n\neval instant at 0 2\n  3\n`)).toEqual([
    { line: 6, expr: '1', why: null },
    { line: 9, expr: '2', why: expect.stringContaining('3') },
  ])
})

test.each(['boil 1m', 'load', 'load x\n a 1', 'eval now', 'load 1m\n  {a 1', 'load 1m\n  a 1+'])('%s is no script', (text) => {
  expect(() => parseScript(text)).toThrow(/line|not|understood/)
})

test('cases are run again pinned to their time, at other times, where nothing else depends on it', () => {
  expect(pinnedVariants('rate(a[5m] offset 1m) + b @ 7', 10_000)).toEqual(
    [-100_000, 0, 2000, 10_000, 100_000].map((at) => ({ expr: 'rate(a[5m] @ 10.000 offset 1m) + b @ 7.000', at })),
  )
  expect(pinnedVariants('time()', 10_000)).toEqual([])
  expect(pinnedVariants('a[', 10_000)).toEqual([])
})
