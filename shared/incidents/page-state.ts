import type { ChannelName, Receipt } from '../notify/page.ts'
import { DAY, SECOND } from '../time.ts'

/**
 * One page to one contact. due → sending (the attempt is saved first) → accepted → delivered → seen. `stopped` when acknowledging
 * or resolving made it needless before it left, `failed` after 24 h of trying. DESIGN "at least once, never silently zero times".
 */
export type PageState = 'due' | 'sending' | 'accepted' | 'delivered' | 'seen' | 'stopped' | 'failed'

export type PageRow = {
  v: 2
  id: string
  /** A `notice` tells admins of a hole in a policy; it decides nothing about the ladder. */
  kind: 'page' | 'notice'
  /** What a notice says. */
  notice: string | null
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
  /** The page whose failing contact this one stands in for. */
  replaces: string | null
  /** Whether it breaks quiet hours and may use the reserve of the limits. */
  critical: boolean
  /** From then on it should have left: when its rung was due, or the wish or the hold that it waits for is over. */
  wantedAt: number
  /** Not sent yet because others to the same phone are: the sentence that says so. */
  held: string | null
  /** Told together with this page, in one message. */
  with: string | null
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
  state: 'queued' | 'sent' | 'accepted' | 'delivered' | 'seen' | 'acknowledged' | 'failed'
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

export type NewPage = Pick<
  PageRow,
  'id' | 'incident' | 'life' | 'rung' | 'step' | 'channel' | 'contact' | 'person' | 'endpoint' | 'critical' | 'wantedAt'
> &
  Partial<Pick<PageRow, 'kind' | 'notice' | 'replaces'>>

const blank = { v: 2, kind: 'page', notice: null, replaces: null, held: null, with: null } as const

/** A new page, due at once or `after` ms from now. */
export const queue = (page: NewPage, at: number, after = 0): PageChange =>
  told(
    { ...blank, ...page, state: 'due', attempt: 0, failures: 0, fault: null, createdAt: at, dueAt: at + after, possiblyTwice: false },
    'queued',
    at,
  )

/** A stored page of any version as the present one. Version 1 had e-mail and webhooks, and one page per person and rung. */
export function pageRowOf(stored: PageRow | (Omit<PageRow, 'v'> & { v: 1; rank: number })): PageRow {
  if (stored.v === 2) return stored
  const { rank: _, ...row } = stored
  return { ...row, ...blank, critical: true, wantedAt: row.createdAt }
}

/** It waited for its time; a contact before it failed, so it is sent now. */
export const hurry = (page: PageRow, instead: PageRow, at: number): PageChange => ({
  page: { ...page, dueAt: at, replaces: instead.id },
  receipt: null,
})

/** Kept back until `until`, for the reason given: told once. */
export function hold(page: PageRow, until: number, why: string, at: number): PageChange {
  const held = { ...page, dueAt: until, wantedAt: until, held: why }
  return page.held === why ? { page: held, receipt: null } : told(held, 'queued', at, { providerId: null, detail: why })
}

/** The attempt, to be saved before anything leaves; `leader` when another page's message tells of it. Null when it is not due. */
export const begin = (page: PageRow, at: number, leader: string | null = null): PageChange | null =>
  page.state === 'due' && page.dueAt !== null && page.dueAt <= at
    ? told({ ...page, state: 'sending', attempt: page.attempt + 1, dueAt: null, held: null, with: leader }, 'sent', at)
    : null

/** What the provider answered. A page that was stopped meanwhile is only told about when it left after all. */
export function settle(page: PageRow, said: Receipt, at: number): PageChange | null {
  if (page.state !== 'sending' && page.state !== 'stopped') return null
  if (said.outcome === 'accepted') return told({ ...page, state: 'accepted', fault: null, dueAt: null }, 'accepted', at, said)
  if (page.state === 'stopped') return null
  const failures = page.failures + 1
  const dueAt = at + waitAfter(failures)
  const lost: PageRow = { ...page, failures, fault: said.fault, possiblyTwice: page.possiblyTwice || said.outcome === 'unknown' }
  return said.forGood || dueAt > page.createdAt + DAY
    ? told({ ...lost, state: 'failed', dueAt: null }, 'failed', at, said)
    : told({ ...lost, state: 'due', dueAt }, 'failed', at, said)
}

/** The object ended between the attempt and its receipt: nobody knows whether it left, so it is sent again, and says so. */
export const orphaned = (page: PageRow, at: number): PageChange | null =>
  page.state === 'sending' ? { page: { ...page, state: 'due', dueAt: at, possiblyTwice: true }, receipt: null } : null

/** Acknowledged or resolved: what has not left stays here. What is being sent keeps its chance of a receipt. */
export const stop = (page: PageRow): PageChange | null =>
  page.state === 'due' || page.state === 'sending' ? { page: { ...page, state: 'stopped', dueAt: null }, receipt: null } : null

/** A channel tells that it arrived, that somebody looked, or that they took the incident by it. Never backwards, each once. */
export function report(page: PageRow, state: 'delivered' | 'seen' | 'acknowledged', at: number, said?: Said): PageChange | null {
  const before: Record<typeof state, PageState[]> = {
    delivered: ['sending', 'accepted'],
    seen: ['sending', 'accepted', 'delivered', 'stopped'],
    acknowledged: ['sending', 'accepted', 'delivered', 'seen', 'stopped'],
  }
  if (!before[state].includes(page.state)) return null
  return told({ ...page, state: state === 'acknowledged' ? 'seen' : state, dueAt: null }, state, at, said)
}

/** Tries of what the provider took and then could not deliver: a phone that is not answered is not rung all night. */
const UNDELIVERED_MAX = 3

/** The provider took it and says later that it did not arrive: tried again while it is `wanted`, three times in all. */
export function undelivered(page: PageRow, said: Said & { forGood: boolean }, wanted: boolean, at: number): PageChange | null {
  if (page.state !== 'accepted' && page.state !== 'sending') return null
  const failures = page.failures + 1
  const lost: PageRow = { ...page, failures, fault: 'theirs' }
  const again = wanted && !said.forGood && failures < UNDELIVERED_MAX
  return again
    ? told({ ...lost, state: 'due', dueAt: at + waitAfter(failures) }, 'failed', at, said)
    : told({ ...lost, state: 'failed', dueAt: null }, 'failed', at, said)
}

/** This contact does not take pages: others must not wait for it. It is tried on all the same. */
export const isFailing = (page: PageRow): boolean =>
  page.state === 'failed' || (page.failures >= FAILING_AFTER && (page.state === 'due' || page.state === 'sending'))

/** It left, or still may without a sign of trouble. */
export const mayReach = (page: PageRow): boolean => page.kind === 'page' && page.state !== 'stopped' && !isFailing(page)

/** Should have left before `at` and has not, through no fault of its contact: what health speaks of. */
export const isUnsent = (page: PageRow, at: number): boolean =>
  (page.state === 'due' || page.state === 'sending') && page.fault !== 'theirs' && (page.failures > 0 || page.wantedAt < at)

type Said = Pick<Receipt, 'providerId' | 'detail'>

const told = (page: PageRow, state: PageReceipt['state'], at: number, said?: Said): PageChange => ({
  page,
  receipt: { at, state, providerId: said?.providerId ?? null, detail: said?.detail ?? null, possiblyTwice: page.possiblyTwice },
})
