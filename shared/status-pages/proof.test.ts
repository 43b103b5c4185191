import { expect, test } from 'vitest'
import { isProven, proofOf } from './proof.ts'

const page = { id: '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c412', custom_domain: 'status.kestrel.example' }

test('the record stands under a name of its own and names the page', () => {
  expect(proofOf(page)).toEqual({ name: '_tocsin.status.kestrel.example', value: `tocsin-page=${page.id}` })
})

test.each([
  [[`tocsin-page=${page.id}`], true],
  [['v=spf1 -all', ` tocsin-page=${page.id} `], true],
  [[], false],
  [['tocsin-page=0193b2c4-9d1e-7c40-8f1a-5b2e7d90c413'], false],
  [[page.id], false],
])('%j proves it: %s', (texts, expected) => expect(isProven(page, texts)).toBe(expected))
