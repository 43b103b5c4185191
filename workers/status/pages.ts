import { html, raw } from 'hono/html'
import { chapters, type Entry, type Event } from '../../shared/status-pages/events.ts'
import { type Bar, percent } from '../../shared/status-pages/history.ts'
import { names } from '../../shared/status-pages/state.ts'
import { allServices, type Service, type View } from '../../shared/status-pages/view.ts'
import { clock, dayLabel, rangeLabel, shortTime, zoneLabel } from '../../shared/status-pages/zone.ts'
import { duration, iso } from '../../shared/time.ts'
import { framed, type Place, to } from './frame.ts'
import { ago, type Html, icon, linked, looks, standing } from './html.ts'

/** `/`: is it them or me, and when will it be fixed. */
export function homePage(view: View, place: Place): string {
  const told = view.events.filter((e) => e.phase !== 'over' && !e.measured)
  const look = looks[view.state]
  const title = `${view.name} status: ${/^(All|No) /.test(view.sentence) ? view.sentence[0]!.toLowerCase() + view.sentence.slice(1) : view.sentence}`
  return framed(
    view,
    place,
    title,
    html`<section class="hero ${look.css}" aria-label="State now">${icon(look.icon)}<h1>${view.sentence}</h1><p>${detail(view)}</p></section>
${told.map((e) => article(view, place, e, 'h2'))}${allServices(view).length ? services(view) : ''}${past(view, place)}`,
  )
}

/** `/history`: everything the page remembers. */
export const historyPage = (view: View, place: Place): string =>
  framed(
    view,
    place,
    `${view.name} status: past ${view.days.length} days`,
    html`<div class="hd"><h1>Past ${view.days.length} days</h1></div>${unavailable(view)}${days(view, place, view.days.length, 'h2')}<p class="more"><a class="lnk" href="${to(place, '/')}">State now</a></p>`,
  )

/** `/incidents/<id>`: one report with all its updates, or one measured outage; null when there is none. */
export function incidentPage(view: View, place: Place, id: string): string | null {
  const event = view.events.find((e) => e.id === id)
  if (!event) return null
  return framed(
    view,
    place,
    `${event.title}: ${view.name} status`,
    html`${article(view, place, event, 'h1')}<p class="note"><a class="lnk" href="${to(place, '/')}">State now</a></p>`,
  )
}

/** Under the first line: since when, what still works, how fresh, and in which zone. */
function detail(view: View): string {
  const all = allServices(view)
  const affected = all.filter((s) => s.state === view.state && view.state !== 'operational')
  const parts: string[] = []
  if (view.state === 'downtime' || view.state === 'degraded') {
    const open = view.events.filter((e) => e.phase === 'open' && e.affected.some((a) => affected.some((s) => s.id === a.id)))
    const since = Math.min(...open.map((e) => e.startsAt))
    if (Number.isFinite(since)) parts.push(`Since ${shortTime(since, view.zone, view.at)}, for ${duration(view.at - since)}.`)
  }
  const work = view.state === 'maintenance' && view.events.find((e) => e.phase === 'open' && e.type === 'maintenance' && e.endsAt)
  if (work) parts.push(`Until ${shortTime(work.endsAt!, view.zone, view.at)} ${zoneLabel(view.zone, work.endsAt!)}.`)
  if (affected.length && affected.length < all.length && all.every((s) => s.state === 'operational' || affected.includes(s)))
    parts.push('Everything else works.')
  const zone = zoneLabel(view.zone, view.at)
  if (view.measuredAt === null) parts.push(`As of ${clock(view.at, view.zone)} ${zone}`)
  else {
    const age = view.at - view.measuredAt
    parts.push(`${age > 120_000 ? 'Last measured' : 'Measured'} ${ago(age)} ago, ${clock(view.measuredAt, view.zone)} ${zone}`)
  }
  return parts.join(' ')
}

const pillOf = (e: Event) => (e.phase === 'over' ? 'up' : e.type === 'maintenance' ? 'maint' : 'warn')
const pillIcon = (e: Event) => (e.phase === 'over' ? 'up' : e.type === 'maintenance' ? 'maint' : 'ack')

function article(view: View, place: Place, e: Event, heading: 'h1' | 'h2'): Html {
  const title =
    heading === 'h1'
      ? html`<h1 id="e-${e.id}">${e.title}</h1>`
      : html`<h2 id="e-${e.id}"><a href="${to(place, `/incidents/${e.id}`)}">${e.title}</a></h2>`
  const time = (at: number) => shortTime(at, view.zone, view.at)
  const when =
    e.phase === 'upcoming'
      ? `${time(e.startsAt)}${e.endsAt ? ` to ${shortTime(e.endsAt, view.zone, e.startsAt)}` : ''}`
      : e.endedAt !== null
        ? `${time(e.startsAt)} to ${shortTime(e.endedAt, view.zone, e.startsAt)}, ${duration(e.endedAt - e.startsAt)}`
        : `Since ${time(e.startsAt)}, for ${duration(view.at - e.startsAt)}${e.endsAt ? `, until ${time(e.endsAt)}` : ''}`
  return html`<article class="inc" aria-labelledby="e-${e.id}"><header>${title}<div class="mt"><span class="pill ${pillOf(e)}">${icon(pillIcon(e))}${standing[e.status][0]}</span><span>${when}</span>${e.affected.length ? html`<span>Affects <b>${names(e.affected.map((a) => a.name))}</b></span>` : ''}${e.phase === 'open' && e.nextUpdateAt ? html`<span>Next update by ${time(e.nextUpdateAt)}</span>` : ''}</div></header>${e.updates.length ? html`<ol class="us">${e.updates.map((u) => html`<li><time datetime="${iso(u.at)}"><span>${time(u.at)}</span><span>${ago(view.at - u.at)} ago</span></time><p><b>${standing[u.status][1]}</b>${linked(u.message)}</p></li>`)}</ol>` : ''}</article>`
}

function services(view: View): Html {
  const measured = view.history !== 'unavailable'
  return html`<section class="sec" aria-labelledby="h-c"><div class="hd"><h2 id="h-c">Services</h2>${measured ? html`<span>last ${view.days.length} days, every bar is a day</span>` : ''}</div>${unavailable(view)}
<div class="box">${view.groups.map((g) => html`<details open><summary>${icon('right')}<b>${g.name}</b><span class="t3">${g.services.length === 1 ? '1 service' : `${g.services.length} services`}</span>${state(g.state)}</summary>${g.services.map((s) => service(s))}</details>`)}
${view.services.map((s) => service(s))}
${measured ? html`<div class="key"><span><i></i>Up all day</span><span><i class="w"></i>Degraded</span><span><i class="d"></i>Outage</span><span><i class="m"></i>Maintenance</span><span><i class="n"></i>Not measured</span></div>` : ''}</div></section>`
}

const state = (s: Service['state']) => html`<span class="st ${looks[s].css}">${icon(looks[s].icon)}${looks[s].word}</span>`

const bars = {
  up: '<hr>',
  degraded: '<hr class=w>',
  down: '<hr class=d>',
  maintenance: '<hr class=m>',
  none: '<hr class=n>',
} satisfies Record<Bar, string>

function service(s: Service): Html {
  const share = s.availability === null ? 'not measured yet' : `${percent(s.availability)} up`
  const set = s.overridden ? html`<span class="set">Set by hand. Our checks say: ${looks[s.measured].word}</span>` : ''
  const strip = s.bars
    ? html`<div class="ub" role="img" aria-label="${s.name}: ${share} over ${s.bars.length} days">${raw(s.bars.map((b) => bars[b]).join(''))}</div><div class="r3"><span class="w9"><span>${s.bars.length} days ago</span></span><span>${share}</span><span>today</span></div>`
    : ''
  return html`<div class="cmp"><div class="r1"><b>${s.name}</b>${state(s.state)}${set}</div>${strip}</div>`
}

function past(view: View, place: Place): Html {
  if (view.history === 'unavailable' && !view.events.length) return ''
  return html`<section class="sec" aria-labelledby="h-p"><div class="hd"><h2 id="h-p">Past two weeks</h2></div>${days(view, place, 14, 'h3')}<p class="more"><a class="lnk" href="${to(place, '/history')}">All of the past ${view.days.length} days</a></p></section>`
}

function days(view: View, place: Place, n: number, heading: 'h2' | 'h3'): Html[] {
  const today = view.days.at(-1)!.date
  const over = view.events.filter((e) => e.phase === 'over')
  const openNow = view.events.some((e) => e.phase === 'open')
  return chapters(over, view.days.slice(-n)).map((c) =>
    c.entries.length
      ? html`<div class="day"><time datetime="${c.from}">${dayLabel(c.from, today)}</time><div>${c.entries.map((e) => entry(e, place, heading))}</div></div>`
      : html`<div class="day"><time>${rangeLabel(c.from, c.to, today)}</time><p>${c.to === today && openNow ? 'Nothing else to report' : 'Nothing to report'}</p></div>`,
  )
}

function entry({ event: e, times, ms }: Entry, place: Place, heading: 'h2' | 'h3'): Html {
  const css = e.measured ? 'down' : e.type === 'maintenance' ? 'maint' : 'up'
  const planned =
    e.type === 'maintenance' && e.endsAt !== null && e.endsAt > e.startsAt ? ` of the ${duration(e.endsAt - e.startsAt)} planned` : ''
  const length = e.measured
    ? times > 1
      ? `${times} times, ${duration(ms)} in all.`
      : `For ${duration(ms)}.`
    : e.type === 'maintenance'
      ? `Done in ${duration(ms)}${planned}.`
      : `Resolved after ${duration(ms)}.`
  const said = e.measured ? '' : (e.updates[0]?.message ?? '')
  const line = html`<span class="${css}">${icon(css)}</span><a href="${to(place, `/incidents/${e.id}`)}">${e.title}</a>`
  return html`${heading === 'h2' ? html`<h2>${line}</h2>` : html`<h3>${line}</h3>`}<p>${length} ${said ? linked(said) : ''}</p>`
}

function unavailable({ history, at, zone }: View): Html {
  if (history === 'now') return ''
  return html`<p class="note" role="note">${history === 'unavailable' ? 'History is temporarily unavailable. The states shown are the present ones.' : `History is as of ${shortTime(history.asOf, zone, at)}; newer days are temporarily unavailable. The states shown are the present ones.`}</p>`
}
