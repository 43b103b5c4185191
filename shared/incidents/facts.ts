import type { Page } from '../notify/page.ts'
import { ahead } from '../oncall/escalation.ts'
import { places } from '../uptime/regions.ts'
import { factsOf, type Reach } from './climb.ts'
import type { Incident } from './incident.ts'
import type { Vote } from './intent.ts'
import type { PageRow } from './page-state.ts'

/** What stands beside the page itself: the team's name, the opened secret, sealed and plain links, other incidents of the same message. */
export type Beside = Pick<Page, 'team' | 'secret' | 'links' | 'report'> & { more: Incident[] }

/** A page row as a channel sends it: told from what the object holds, so that nothing is looked up on the way. */
export function pageOf(i: Incident, row: PageRow, pages: PageRow[], reach: Reach, beside: Beside): Page {
  const person = reach.people.find((p) => p.id === row.person)
  return {
    id: row.id,
    team: beside.team,
    incident: {
      id: i.id,
      number: i.number,
      title: i.title,
      severity: i.severity.toUpperCase(),
      startedAt: i.startedAt,
      openedAt: i.openedAt,
    },
    channel: row.channel,
    contact: row.contact,
    secret: beside.secret,
    critical: row.critical,
    notice: row.notice,
    more: beside.more.map((m) => ({ id: m.id, number: m.number, title: m.title, severity: m.severity.toUpperCase() })),
    person: person ? { id: person.id, name: person.name, zone: person.zone } : null,
    policy: i.policy.name,
    step: row.step,
    facts: {
      target: i.cause?.type === 'monitor' ? withoutScheme(i.cause.url) : null,
      monitor: i.cause?.name ?? null,
      what: i.what,
      regions: regionsSay(i.votes),
      verdict: i.cause?.type === 'monitor' ? verdictSays(i.why) : null,
      also: pagedBefore(i, row, pages, reach),
      next: nextOf(i, pages, reach),
    },
    links: beside.links,
    report: beside.report,
    attempt: row.attempt,
    possiblyTwice: row.possiblyTwice,
    firstAt: row.createdAt,
  }
}

/** "down: 3 of 4 failed, quorum 3": of all the reasons the one that speaks of the quorum, else the last. */
function verdictSays(why: string[]): string | null {
  const said = why.find((w) => w.includes('quorum')) ?? why.at(-1)
  return said ? (/^down\b/.test(said) ? said : `down: ${said}`) : null
}

/** "us Virginia 503, au Sydney timeout; as Singapore 200": failing regions first. Null without votes. */
export function regionsSay(votes: Vote[]): string | null {
  const say = (v: Vote) => `${v.region} ${places[v.region].label} ${v.status ?? v.error ?? (v.outcome === 'up' ? 'answers' : 'fails')}`
  const [down, up] = [votes.filter((v) => v.outcome === 'down'), votes.filter((v) => v.outcome === 'up')]
  return [down, up].filter((list) => list.length).map((list) => list.map(say).join(', ')).join('; ') || null // biome-ignore format: one thought
}

/** Who comes next if nobody acknowledges: at most two rungs, as a page has room for. */
export const nextOf = (i: Incident, pages: PageRow[], reach: Reach) =>
  i.status === 'open' && i.notify ? ahead(i.policy, factsOf(i, pages, reach), 2).map(({ who, at }) => ({ who, at })) : []

/** Names of everybody this life of the incident paged, but for `row`'s own. */
export function pagedBefore(i: Incident, row: PageRow, pages: PageRow[], reach: Reach): string[] {
  const others = pages.filter(
    (p) => p.kind === 'page' && p.life === i.life && p.id !== row.id && (p.person === null || p.person !== row.person),
  )
  const nameOf = (p: PageRow) =>
    reach.people.find((x) => x.id === p.person)?.name ?? reach.endpoints.find((x) => x.id === p.endpoint)?.name ?? p.contact
  return [...new Set(others.map(nameOf))]
}

/** "api.kestrel.example/v1/checkout" of an address; the address itself when it is none. */
export function withoutScheme(url: string): string {
  if (!URL.canParse(url)) return url
  const { host, pathname } = new URL(url)
  return host + (pathname === '/' ? '' : pathname)
}
