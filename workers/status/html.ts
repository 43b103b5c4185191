import { html, raw } from 'hono/html'
import type { ComponentState, ReportStatus } from '../../shared/status-pages/words.ts'

/** Escaped by construction: every value in a template is text unless it is one of these. */
export type Html = ReturnType<typeof html> | ''

/** How a state looks and what it is called in public. Shape, word and colour: never colour alone. */
export const looks = {
  operational: { css: 'up', icon: 'up', word: 'Operational' },
  degraded: { css: 'warn', icon: 'warn', word: 'Degraded' },
  downtime: { css: 'down', icon: 'down', word: 'Outage' },
  maintenance: { css: 'maint', icon: 'maint', word: 'Maintenance' },
  unknown: { css: 'idle', icon: 'idle', word: 'Not measured' },
} as const satisfies Record<ComponentState, { css: string; icon: Icon; word: string }>

/** Where a report stands, as a pill and as the first words of an update. */
export const standing = {
  investigating: ['Looking into it', 'We are looking into it.'],
  identified: ['Fix in progress', 'We found the cause.'],
  monitoring: ['Watching the fix', 'A fix is in place.'],
  resolved: ['Resolved', 'It works again.'],
  scheduled: ['Planned', 'Planned.'],
  in_progress: ['In progress', 'The work has begun.'],
  verifying: ['Being checked', 'The work is done, we are checking it.'],
  completed: ['Done', 'The work is done.'],
} as const satisfies Record<ReportStatus, readonly [pill: string, words: string]>

const drawings = {
  up: '<circle cx="8" cy="8" r="6.5" fill="currentColor"/><path d="M5.3 8.2l1.9 1.9 3.6-4"/>',
  warn: '<path d="M8 1.6 15 14H1Z" fill="currentColor" stroke="currentColor" stroke-width="1.2"/><path d="M8 6v3.6M8 11.9v.1"/>',
  down: '<path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2Z" fill="currentColor" stroke="none"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>',
  maint: '<path d="M8 .9 15.1 8 8 15.1.9 8Z" fill="currentColor" stroke="none"/><path d="M5.4 8h5.2"/>',
  idle: '<g stroke="currentColor"><rect x="1.5" y="1.5" width="13" height="13" rx="3"/><path d="M6.3 5.4v5.2M9.7 5.4v5.2"/></g>',
  ack: '<g stroke="currentColor"><circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" stroke="none"/></g>',
  right: '<path d="m6.5 4.5 3.5 3.5-3.5 3.5" stroke="currentColor"/>',
}
export type Icon = keyof typeof drawings

/** Drawn once a page; `icon` refers to it. What lies inside a shape is in the colour under it. */
export const sprite = raw(
  `<svg class="v" aria-hidden="true">${Object.entries(drawings)
    .map(
      ([name, drawing]) =>
        `<symbol id="${name}" viewBox="0 0 16 16" fill="none" stroke="var(--k,var(--surface))" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`,
    )
    .join('')}</svg>`,
)
export const icon = (name: Icon) => raw(`<svg aria-hidden="true"><use href="#${name}"/></svg>`)

const ADDRESS = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/g

/** Plain text of people: line breaks stay, addresses become links, nothing else is anything. */
export function linked(text: string): Html[] {
  const out: Html[] = []
  let end = 0
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    if (!URL.canParse(address)) continue
    out.push(html`${text.slice(end, index)}<a class="lnk" rel="nofollow noopener noreferrer" href="${address}">${address}</a>`)
    end = index + address.length
  }
  out.push(html`${text.slice(end)}`)
  return out
}

/** "4 s", "18 m", "2 h": one unit, as people say how long ago something was. */
export function ago(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} m`
  return s < 86_400 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86_400)} d`
}
