import type { Page } from './page.ts'

/** Controls, and what turns the direction of text: no phone shows them, and XML, which a call is written in, holds none. */
const UNREADABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu

/** One line of at most `max` characters as people count them: an emoji is not cut in half. */
export function cut(text: string, max: number): string {
  const one = text.toWellFormed().replace(UNREADABLE, ' ').replace(/\s+/g, ' ').trim()
  const letters = [...new Intl.Segmenter('en').segment(one.slice(0, max * 20))].map((s) => s.segment)
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : one
}

/** "SEV2 Checkout API returns 503 (INC-12)"; a notice is its own sentence. */
export const headline = ({ incident, notice }: Page, max: number): string =>
  notice ? cut(notice, max) : `${incident.severity} ${cut(incident.title, max)} (INC-${incident.number})`

/** "and 2 more: INC-13, INC-14"; null when the page tells of one incident. */
export function others({ more }: Page, max = 5): string | null {
  if (!more.length) return null
  const named = more.slice(0, max).map((m) => `INC-${m.number}`)
  return `and ${more.length} more: ${named.join(', ')}${more.length > max ? ' and others' : ''}`
}

/** What a second copy of a page is recognised by, where a provider keeps no id of ours. */
export const reference = (page: Pick<Page, 'id'>): string => page.id.replaceAll('-', '').slice(-10)
