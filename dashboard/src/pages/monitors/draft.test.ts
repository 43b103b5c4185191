import { expect, test } from 'vitest'
import { changeOf, codesOf, codesText, draftOf, findings, inputOf } from './draft.ts'

const draft = (over = {}) => ({ ...draftOf(null, 'Europe/Paris'), url: 'https://api.example.com', ...over })

test('a URL alone is a monitor', () => {
  expect(findings(draft())).toEqual({})
  expect(inputOf(draft())).toMatchObject({
    url: 'https://api.example.com',
    monitor_type: 'status',
    check_frequency: 30,
    quorum: null,
    maintenance_from: null,
  })
})

test('each error says what passes', () => {
  expect(findings(draft({ url: 'htps://api.example.com' })).url).toMatch(/begins with htps\. Begin with https:\/\/ or http:\/\//)
  expect(findings(draft({ url: 'example.com' })).url).toMatch(/^Begin with https/)
  expect(findings(draft({ url: 'localhost:80' })).url).toMatch(/^Begin with https/)
  expect(findings(draft({ quorum: '5' })).quorum).toBe('5 of 4 cannot happen. Pick 1 to 4, such as 3.')
  expect(Object.keys(findings(draft({ timeout: '61', every: '4', confirm: '-1', recover: 'x', regions: [] })))).toEqual([
    'regions',
    'every',
    'timeout',
    'confirm',
    'recover',
  ])
})

test('what a type does not use is neither checked nor sent', () => {
  const left = draft({ codes: 'nonsense', keyword: 'ready' })
  expect(findings(left)).toEqual({})
  expect(inputOf(left)).toMatchObject({ expected_status_codes: [], required_keyword: null })
  expect(findings({ ...left, type: 'expected_status_code' }).codes).toBeDefined()
  expect(inputOf({ ...left, type: 'keyword' })).toMatchObject({ required_keyword: 'ready' })
})

test('a GET with a body is refused before it is sent', () => {
  expect(findings(draft({ body: '{}' })).body).toMatch(/GET sends no body/)
  expect(findings(draft({ body: '{}', method: 'POST' }))).toEqual({})
})

test('codes are read as codes and ranges, and printed the same way', () => {
  expect(codesOf('200, 204 300-302')).toEqual([200, 204, 300, 301, 302])
  expect(codesText([200, 201, 204, 300, 301, 302])).toBe('200, 201, 204, 300-302')
  expect([codesOf('2xx'), codesOf('99'), codesOf('302-300'), codesOf('600')]).toEqual([null, null, null, null])
  expect(codesOf('')).toEqual([])
})

test('an edit sends only what was changed', () => {
  const before = draft({ name: 'API', headers: [{ key: 0, name: 'x-key', value: null }] })
  expect(changeOf(before, before)).toEqual({})
  expect(changeOf(before, { ...before, every: '10' })).toEqual({ check_frequency: 10 })
  expect(changeOf(before, { ...before, password: 'secret', user: 'probe' })).toEqual({ auth_username: 'probe', auth_password: 'secret' })
})

test('a stored header without a new value keeps its sealed one', () => {
  const d = draft({
    headers: [
      { key: 0, name: 'authorization', value: null },
      { key: 1, name: 'x-a', value: '1' },
    ],
  })
  expect(inputOf(d).request_headers).toEqual([
    { name: 'authorization', value: null },
    { name: 'x-a', value: '1' },
  ])
})

test('a window that crosses midnight is one; a window of no length is none', () => {
  expect(findings(draft({ window: true, from: '23:00', to: '01:00' }))).toEqual({})
  expect(findings(draft({ window: true, from: '02:00', to: '02:00' })).to).toBeDefined()
  expect(findings(draft({ window: true, zone: 'CET+1' })).zone).toBeDefined()
})
