import type { Contact, Person } from './escalation.ts'
import { openTimes } from './restrictions.ts'
import type { Urgency } from './urgency.ts'

/** "This contact, so many seconds after the page": a person's own wish for an urgency, by its id. */
export type NotificationRule = { urgency: string; contact: string; after: number }

/** One contact to page, `after` ms from now. */
export type Planned = { contact: Contact; after: number }
/** `pages` at once or later, `spare` when all of those fail, `quiet` when quiet hours left something out. */
export type Plan = { pages: Planned[]; spare: Contact[]; quiet: boolean }

/** Channels that wake nobody. */
const SILENT = ['email']

/**
 * How a person hears of a page of this urgency at `at`. Their own rules for it decide; without any that can be followed, one contact
 * of each of the urgency's channels at once; without any of those, their first contact. In quiet hours a page that is not critical
 * uses only what wakes nobody, unless there is nothing of that kind: a page is never swallowed.
 */
export function planFor(person: Person, urgency: Urgency, at: number): Plan {
  const wished = wishes(person, urgency)
  const pages = wished.length ? wished : channelSet(person, urgency)
  const quiet = !urgency.critical && inQuietHours(person, at)
  const silent = quiet ? silentOf(person, pages) : []
  const chosen = silent.length ? silent : pages
  return { pages: chosen, spare: person.contacts.filter((c) => !chosen.some((p) => p.contact === c)), quiet: silent.length > 0 }
}

function wishes(person: Person, urgency: Urgency): Planned[] {
  const rules = (person.rules ?? []).filter((r) => r.urgency === urgency.id).toSorted((a, b) => a.after - b.after)
  return rules.flatMap((r) => {
    const contact = person.contacts.find((c) => c.id === r.contact)
    return contact ? [{ contact, after: r.after * 1000 }] : []
  })
}

function channelSet(person: Person, urgency: Urgency): Planned[] {
  const first = urgency.channels.flatMap((channel) => person.contacts.find((c) => c.channel === channel) ?? [])
  return (first.length ? first : person.contacts.slice(0, 1)).map((contact) => ({ contact, after: 0 }))
}

function silentOf(person: Person, pages: Planned[]): Planned[] {
  const silent = pages.filter((p) => SILENT.includes(p.contact.channel))
  if (silent.length) return silent
  const mail = person.contacts.find((c) => SILENT.includes(c.channel))
  return mail ? [{ contact: mail, after: 0 }] : []
}

/** On the person's own wall clock. */
export const inQuietHours = (person: Person, at: number): boolean =>
  person.quiet?.length ? openTimes(person.quiet, person.zone, at, at + 1).length > 0 : false
