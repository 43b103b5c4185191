import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('label_replace fills groups into the replacement', async () => {
  expect(
    await failures(`
    load 1m
      up{instance="web-1:80"} 1

    eval instant at 0 label_replace(up, "host", "$1/\${port}", "instance", "(.*):(?P<port>.*)")
      up{instance="web-1:80", host="web-1/80"} 1
    `),
  ).toEqual([])
})

test('label_replace leaves alone what does not match as a whole', async () => {
  expect(
    await failures(`
    load 1m
      up{instance="web"} 1

    eval instant at 0 label_replace(up, "host", "x", "instance", "we")
      up{instance="web"} 1
    `),
  ).toEqual([])
})

test('label_replace removes a label by an empty value', async () => {
  expect(
    await failures(`
    load 1m
      up{instance="web"} 1

    eval instant at 0 label_replace(up, "instance", "", "", "")
      up 1
    `),
  ).toEqual([])
})

test('label_replace refuses a pattern that is none', async () => {
  expect(
    await failures(`
    load 1m
      up 1

    eval instant at 0 label_replace(up, "a", "b", "c", "(")
      expect fail msg: invalid regular expression in label_replace(): (
    `),
  ).toEqual([])
})
