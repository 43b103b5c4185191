import { factsOf } from '../shared/incidents/climb.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { type LinkView, viewOfLink } from '../shared/incidents/link-view.ts'
import type { PageReceipt, PageRow } from '../shared/incidents/page-state.ts'
import { type Ahead, ahead } from '../shared/oncall/escalation.ts'
import type { IncidentRows } from './incidents-store.ts'
import type { Roster } from './incidents-team.ts'

/** Steps still to come that a reader is told. */
const LADDER_MAX = 20

export type IncidentView = { incident: Incident; next: Ahead[] }
export type PageView = { page: PageRow; user: string | null; receipts: PageReceipt[] }
export type Spoken = { title: string; number: number; severity: string; team: string }

/** What people, links and voices are shown of an incident. Changes nothing; of what is not here, null. */
export class Reading {
  private readonly rows: IncidentRows
  private readonly roster: Roster
  constructor(rows: IncidentRows, roster: Roster) {
    this.rows = rows
    this.roster = roster
  }

  incident(id: string): IncidentView | null {
    const incident = this.rows.incident(id)
    if (!incident) return null
    const waits = incident.status === 'open' && incident.notify
    const facts = factsOf(incident, this.rows.pagesOf(incident.id), this.roster.reach)
    return { incident, next: waits ? ahead(incident.policy, facts, LADDER_MAX) : [] }
  }

  pages(incident: string): PageView[] | null {
    if (!this.rows.incident(incident)) return null
    const named = (person: string | null) => this.roster.reach.people.find((p) => p.id === person)?.name ?? null
    return this.rows.pagesOf(incident).map((page) => ({ page, user: named(page.person), receipts: this.rows.receipts(page.id) }))
  }

  link(incident: string, page: string): LinkView {
    const [i, p] = [this.rows.incident(incident), this.rows.page(page)]
    if (!i || p?.incident !== i.id) return { state: 'unknown' }
    const last = this.rows.events(i.id).findLast((e) => e.type === 'acknowledged')
    const via = i.acknowledgedAt !== null && last?.type === 'acknowledged' ? last.data.channel : null
    return viewOfLink({ incident: i, page: p, pages: this.rows.pagesOf(i.id), reach: this.roster.reach, team: this.roster.teamName, via })
  }

  spoken(page: string): Spoken | null {
    const row = this.rows.page(page)
    const i = row && this.rows.incident(row.incident)
    return i ? { title: i.title, number: i.number, severity: i.severity.toUpperCase(), team: this.roster.teamName } : null
  }
}
