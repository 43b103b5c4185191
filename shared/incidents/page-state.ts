import type { ChannelName, Receipt } from '../notify/page.ts'
import { DAY, SECOND } from '../time.ts'

/**
 * One page to one contact. due → sending (the attempt is saved first) → accepted → delivered → seen. `stopped` when acknowledging
 * or resolving made it needless before it left, `failed` after 24 h of trying. DESIGN "at least once, never silently zero times".
 */
export type PageState = 'due' | 'sending' | 'accepted' | 'delivered' | 'seen' | 'stopped' | 'failed'

export type PageRow = {
  v: 1
  id: string
  incident: string
  /** Reopening begins a new life; pages of an earlier one no longer decide anything. */
  life: number
  /** The rung of the ladder it belongs to; null when a person sent it by hand. */
  rung: number | null
  step: number
  channel: ChannelName
  contact: string
  person: string | null
  endpoint: string | null
  /** Which of the person's contacts this is; the next one is tried when this one fails. */
  rank: number
  state: PageState
  attempt: number
  failures: number
  fault: Receipt['fault']
  createdAt: number
  /** When to send it; null in every state but `due`. */
  dueAt: number | null
  possiblyTwice: boolean
}

/** What `GET /{id}/pages` tells, one line per thing that happened. */
export type PageReceipt = {
  at: number
  state: 'queued' | 'sent' | 'accepted' | 'delivered' | 'seen' | 'failed'
  providerId: string | null
  detail: string | null
  possiblyTwice: boolean
}
export type PageChange = { page: PageRow; receipt: PageReceipt | null }

const FIRST_WAIT_MS = 5 * SECOND
const LONGEST_WAIT_MS = 300 * SECOND
/** Tries that must fail before the contact counts as failing, so that the ladder goes on without it. */
const FAILING_AFTER = 2

/** Waits between tries double from 5 s to 5 min. `failures` is how many there were. */
export const waitAfter = (failures: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))

type NewPage = Pick<PageRow, 'id' | 'incident' | 'life' | 'rung' | 'step' | 'channel' | 'contact' | 'person' | 'endpoint' | 'rank'>

export const queue = (page: NewPage, at: number): PageChange =>
  told({ v: 1, ...page, state: 'due', attempt: 0, failures: 0, fault: null, createdAt: at, dueAt: at, possiblyTwice: false }, 'queued', at)

/** The attempt, to be saved before anything leaves. Null when it is not due. */
export const begin = (page: PageRow, at: number): PageChange | null =>
  page.state === 'due' && page.dueAt !== null && page.dueAt <= at
    ? told({ ...page, state: 'sending', attempt: page.attempt + 1, dueAt: null }, 'sent', at)
    : null

/** What the provider answered. A page that was stopped meanwhile is only told about when it left after all. */
export function settle(page: PageRow, said: Receipt, at: number): PageChange | null {
  if (page.state !== 'sending' && page.state !== 'stopped') return null
  if (said.outcome === 'accepted') return told({ ...page, state: 'accepted', fault: null, dueAt: null }, 'accepted', at, said)
  if (page.state === 'stopped') return null
  const failures = page.failures + 1
  const dueAt = at + waitAfter(failures)
  const lost: PageRow = { ...page, failures, fault: said.fault, possiblyTwice: page.possiblyTwice || said.outcome === 'unknown' }
  return dueAt > page.createdAt + DAY
    ? told({ ...lost, state: 'failed', dueAt: null }, 'failed', at, said)
    : told({ ...lost, state: 'due', dueAt }, 'failed', at, said)
}

/** The object ended between the attempt and its receipt: nobody knows whether it left, so it is sent again, and says so. */
export const orphaned = (page: PageRow, at: number): PageChange | null =>
  page.state === 'sending' ? { page: { ...page, state: 'due', dueAt: at, possiblyTwice: true }, receipt: null } : null

/** Acknowledged or resolved: what has not left stays here. What is being sent keeps its chance of a receipt. */
export const stop = (page: PageRow): PageChange | null =>
  page.state === 'due' || page.state === 'sending' ? { page: { ...page, state: 'stopped', dueAt: null }, receipt: null } : null

/** A channel tells that it arrived, or that somebody looked. Never backwards. */
export function report(page: PageRow, state: 'delivered' | 'seen', at: number): PageChange | null {
  const before: PageState[] = state === 'seen' ? ['sending', 'accepted', 'delivered', 'stopped'] : ['sending', 'accepted']
  return before.includes(page.state) ? told({ ...page, state, dueAt: null }, state, at) : null
}

/** This contact does not take pages: others must not wait for it. It is tried on all the same. */
export const isFailing = (page: PageRow): boolean =>
  page.state === 'failed' || (page.failures >= FAILING_AFTER && (page.state === 'due' || page.state === 'sending'))

/** It left, or still may without a sign of trouble. */
export const mayReach = (page: PageRow): boolean => page.state !== 'stopped' && !isFailing(page)

/** Waits to leave through no fault of its contact: what health speaks of. */
export const isUnsent = (page: PageRow): boolean => (page.state === 'due' || page.state === 'sending') && page.fault !== 'theirs'

const told = (page: PageRow, state: PageReceipt['state'], at: number, said?: Receipt): PageChange => ({
  page,
  receipt: { at, state, providerId: said?.providerId ?? null, detail: said?.detail ?? null, possiblyTwice: page.possiblyTwice },
})
