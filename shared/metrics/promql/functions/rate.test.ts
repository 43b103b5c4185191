import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('rate is the growth per second, extrapolated to the window', async () => {
  expect(
    await failures(`
    load 10s
      c_total 0+5x30

    eval instant at 5m rate(c_total[1m])
      expect no_info
      {} 0.5
    `),
  ).toEqual([])
})

test('rate mends resets', async () => {
  expect(
    await failures(`
    load 10s
      c_total 0 10 20 5 15 25 35

    eval instant at 1m rate(c_total[1m])
      {} 0.9
    `),
  ).toEqual([])
})

test('rate needs two samples', async () => {
  expect(
    await failures(`
    load 1m
      c_total 1 2

    eval instant at 1m rate(c_total[30s])
    `),
  ).toEqual([])
})

test('rate counts from a start within the window', async () => {
  expect(
    await failures(`
    load 1m
      c_total@st  _ -30s
      c_total     _ 6

    eval instant at 1m rate(c_total[1m])
      {} 0.1
    `),
  ).toEqual([])
})

test('rate wonders about names that are not counters', async () => {
  expect(
    await failures(`
    load 10s
      temperature 0+5x30

    eval instant at 1m rate(temperature[1m])
      expect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature" (1:6)
      {} 0.5
    `),
  ).toEqual([])
})

test('rate works on native histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:2 sum:4 buckets:[2]}}+{{count:6 sum:12 buckets:[6]}}x5

    eval instant at 5m rate(h[5m])
      {} {{count:0.1 sum:0.2 counter_reset_hint:gauge buckets:[0.1]}}
    `),
  ).toEqual([])
})

test('rate ends at the window with an anchor before it', async () => {
  expect(
    await failures(`
    load 30s
      c_total 0 1 2 3 4 5

    eval instant at 2m rate(c_total[1m] anchored)
      {} 0.03333333333333333
    `),
  ).toEqual([])
})
