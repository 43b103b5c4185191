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
  expect(viewOfTokens(tokensOf(view))).toEqual({ state: ['down', 'paused'], region: [], group: ['Card payments'], type: [] })
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

test('saved views are readable addresses', () => {
  expect(hrefOf({})).toBe('/monitors')
  expect(hrefOf({ state: 'down,validating' })).toBe('/monitors?state=down,validating')
})
