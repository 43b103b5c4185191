import { expect, test } from 'vitest'
import { readUrl } from '../../url.ts'
import { msOf, queryOf, shape, tokensOf, viewOfTokens } from './view.ts'

test.each([
  ['250', '250'],
  ['250ms', '250'],
  ['1.5s', '1500'],
  ['2 m', '120000'],
  ['fast', ''],
  ['-1', ''],
  ['', ''],
])('%j is %j milliseconds', (text, ms) => {
  expect(msOf(text)).toBe(ms)
})

test('tokens survive the address; one that means nothing is left out', () => {
  const tokens = [
    { key: 'service', value: 'a' },
    { key: 'service', value: 'checkout' },
    { key: 'status', value: 'ERROR' },
    { key: 'min', value: '1s' },
    { key: 'max', value: 'soon' },
  ]
  const view = { ...readUrl(shape, { q: 'timeout' }), ...viewOfTokens(tokens) }
  expect(tokensOf(view)).toEqual([
    { key: 'service', value: 'checkout' },
    { key: 'status', value: 'error' },
    { key: 'min', value: '1000' },
  ])
  expect(queryOf(view, { from: 0, to: 1000 })).toMatchObject({ service: 'checkout', status: 'error', min_ms: '1000', q: 'timeout' })
})
