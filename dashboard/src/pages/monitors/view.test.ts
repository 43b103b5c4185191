import { expect, test } from 'vitest'
import { readUrl } from '../../url.ts'
import { hrefOf, isFiltered, queryOf, shape, tokensOf, viewOfTokens } from './view.ts'

const view = readUrl(shape, { state: 'down,paused', group: 'Card payments', sel: 'x' })

test('tokens and address say the same', () => {
  expect(tokensOf(view)).toEqual([
    { key: 'state', value: 'down' },
    { key: 'state', value: 'paused' },
    { key: 'group', value: 'Card payments' },
  ])
  expect(viewOfTokens(tokensOf(view))).toEqual({
    state: ['down', 'paused'],
    region: [],
    group: ['Card payments'],
    type: [],
    paged: [],
    under: [],
  })
})

test('the row under the cursor is no filter', () => {
  expect(isFiltered(readUrl(shape, { sel: 'x', arrange: 'flat' }))).toBe(false)
  expect(isFiltered(view)).toBe(true)
})

test('a group is asked for by its id; a name nobody has finds nothing rather than everything', () => {
  const groups = [{ id: 'g1', number: 1, name: 'Card payments', sort_index: 0, paused: false, created_at: '', updated_at: '' }]
  expect(queryOf(view, groups).group).toBe('g1')
  expect(queryOf(view, []).group).toBe('unknown')
  expect(queryOf(readUrl(shape, { group: 'none' }), groups).group).toBe('none')
})

test('mine and under 99.9 % are questions of their own; nonsense asks nothing', () => {
  expect(queryOf(readUrl(shape, { paged: 'me', under: '99.9' }), [])).toMatchObject({ mine: true, availability_below: 0.9990000000000001 })
  expect(queryOf(readUrl(shape, { paged: 'you', under: 'x' }), [])).not.toHaveProperty('mine')
  expect(queryOf(readUrl(shape, { under: '101' }), [])).not.toHaveProperty('availability_below')
})

test('saved views are readable addresses', () => {
  expect(hrefOf({})).toBe('/monitors')
  expect(hrefOf({ state: 'down,validating' })).toBe('/monitors?state=down,validating')
})
