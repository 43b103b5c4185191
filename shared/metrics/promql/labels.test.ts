import { expect, test } from 'vitest'
import { compareLabels, isLegacyName, Labels } from './labels.ts'

const api = Labels.of({ job: 'api', __name__: 'up', empty: '' })

test('labels are sorted by name and never empty', () => {
  expect(api.toRecord()).toEqual({ __name__: 'up', job: 'api' })
  expect(api.size).toBe(2)
  expect(api.name).toBe('up')
  expect([api.get('job'), api.get('empty'), api.has('empty')]).toEqual(['api', '', false])
})

test('equal sets have equal keys, whatever the order they were given in', () => {
  expect(Labels.of({ b: '2', a: '1' }).key).toBe(Labels.of({ a: '1', b: '2' }).key)
  expect(Labels.of({ a: 'b' }).key).not.toBe(Labels.of({ ab: '' }).key)
  expect(api.with('job', 'db').with('job', 'api').key).toBe(api.key)
})

test('an empty value removes a label', () => {
  expect(api.with('job', '').toRecord()).toEqual({ __name__: 'up' })
})

test('keeping, dropping and the metadata', () => {
  expect(api.only(['job']).toRecord()).toEqual({ job: 'api' })
  expect(api.without(['job']).toRecord()).toEqual({ __name__: 'up' })
  expect(Labels.of({ __name__: 'up', __type__: 'gauge', __unit__: 's', a: '1' }).withoutMetadata().toRecord()).toEqual({ a: '1' })
  expect(api.without(['other'])).toBe(api)
})

test('prints names that are no identifiers in quotes', () => {
  expect(Labels.of({ __name__: 'up', 'é t': 'a"b' }).toString()).toBe('{__name__="up", "é t"="a\\"b"}')
  expect(isLegacyName('a_1')).toBe(true)
  expect(isLegacyName('1a')).toBe(false)
})

test('order: label by label, the shorter set first', () => {
  const sets = [Labels.of({ a: '2' }), Labels.of({ a: '1', b: '1' }), Labels.of({ a: '1' }), Labels.of({ b: '0' }), Labels.none]
  expect(sets.sort(compareLabels).map(String)).toEqual(['{}', '{a="1"}', '{a="1", b="1"}', '{a="2"}', '{b="0"}'])
})

test('the hash tells sets apart that concatenate to the same text', () => {
  expect(Labels.of({ a: 'bc' }).hash()).not.toBe(Labels.of({ ab: 'c' }).hash())
  expect(Labels.of({ a: 'x'.repeat(300) }).hash()).not.toBe(Labels.of({ a: 'x'.repeat(301) }).hash())
})
