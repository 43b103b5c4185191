import { expect, test } from 'vitest'
import { PageQuery, pagination } from './page.ts'

const url = new URL('http://app/api/incidents?status=OPEN&page=2')
const links = (page: number, total: number) => pagination(url, { page, per_page: 10 }, total)

test('links are absolute and keep the filters', () => {
  expect(links(2, 25)).toEqual({
    first: 'http://app/api/incidents?status=OPEN&page=1&per_page=10',
    last: 'http://app/api/incidents?status=OPEN&page=3&per_page=10',
    prev: 'http://app/api/incidents?status=OPEN&page=1&per_page=10',
    next: 'http://app/api/incidents?status=OPEN&page=3&per_page=10',
  })
})

test('an empty list has one page', () => {
  expect(links(1, 0)).toMatchObject({ prev: null, next: null, last: links(1, 0).first })
})

test('beyond the last page the way back leads to it', () => {
  expect(links(9, 25).prev).toContain('page=3')
})

test.each(['0', '-1', 'x', '1.5', '1e9'])('page=%s is refused', (page) => {
  expect(PageQuery.safeParse({ page }).success).toBe(false)
})
