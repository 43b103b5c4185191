import { expect, test } from 'vitest'
import { complete, isFinished, parseFilter, suggest, tokenText } from './filter.ts'

const keys = ['state', 'region', 'group']

test('known keys become tokens, the rest stays text', () => {
  expect(parseFilter('check state:down region:eu out', keys)).toEqual({
    tokens: [
      { key: 'state', value: 'down' },
      { key: 'region', value: 'eu' },
    ],
    text: 'check out',
  })
})

test('an address with a port is text, not a token', () => {
  expect(parseFilter('localhost:8080 https://a.example', keys)).toEqual({ tokens: [], text: 'localhost:8080 https://a.example' })
})

test('a quoted value keeps its spaces, and prints as it was typed', () => {
  const { tokens } = parseFilter('group:"Card payments"', keys)
  expect(tokens).toEqual([{ key: 'group', value: 'Card payments' }])
  expect(tokenText(tokens[0]!)).toBe('group:"Card payments"')
})

test('the same token twice is one token', () => {
  expect(parseFilter('state:down state:down', keys).tokens).toHaveLength(1)
})

test('a token is finished by a space or its closing quote', () => {
  expect(['state:do', 'state:down ', 'group:"a b', 'group:"a b"'].map(isFinished)).toEqual([false, true, false, true])
})

test('a key is suggested from its first letter, values after the colon', () => {
  const fields = [
    { key: 'state', hint: 'up, down', values: [{ value: 'up' }, { value: 'down' }] },
    { key: 'group', hint: 'name' },
  ]
  expect(suggest('', fields)).toEqual([])
  expect(suggest('foo st', fields).map((s) => s.insert)).toEqual(['state:'])
  expect(suggest('state:do', fields).map((s) => s.label)).toEqual(['state:down'])
  expect(complete('foo st', 'state:')).toBe('foo state:')
})
