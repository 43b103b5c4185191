import { html, raw } from 'hono/html'
import type { LinkView } from '../../shared/incidents/link-view.ts'
import { clock, clockInZone } from '../../shared/notify/zone.ts'
import { duration } from '../../shared/time.ts'

type Shown = Extract<LinkView, { team: string }>
type Around = { base: string; nonce: string; at: number }
type Html = ReturnType<typeof html>

/** The one card of `/a/<link>`, as text. design: "Acknowledge". Works without script; everything that people typed is escaped. */
export function linkPage(view: LinkView | { state: 'busy' }, around: Around): string {
  const card = cardOf(view, around)
  const title = 'team' in view ? `Acknowledge · ${view.team}` : 'Acknowledge · Tocsin'
  const under = 'team' in view ? html` · <span class="mono">INC-${view.incident.number}</span>` : ''
  return String(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex"><title>${title}</title><style nonce="${around.nonce}">${raw(STYLE)}</style></head>
<body><main class="gate" id="main">${card}<p class="under">Tocsin${under}</p></main></body></html>
`)
}

function cardOf(view: LinkView | { state: 'busy' }, around: Around): Html | Promise<Html> {
  switch (view.state) {
    case 'unknown':
      return plain(
        'This link is not complete',
        'Part of the address is missing. Open the e-mail and press the button there, or sign in.',
        around,
      )
    case 'left':
      return plain('This link is no longer yours', 'It was sent to somebody who has left the team since. Nothing changed.', around)
    case 'busy':
      return plain('Try again in a moment', 'We could not read the incident just now. Nothing changed.', around)
    case 'confirm':
      return confirm(view, around)
    case 'done':
      return done(view, around)
    case 'already':
      return card(view, around, {
        pill: ['warn', 'Acknowledged'],
        title: view.by === view.person && view.person ? 'You already have it' : `${view.by} already has it`,
        lead: `Since ${when(view)}${view.via ? `, from the ${view.via === 'email' ? 'e-mail' : view.via}` : ''}. Nothing changed now.`,
        link: 'Open the incident',
      })
    case 'ended':
      return card(view, around, {
        pill: ['up', 'Resolved'],
        title: 'This link has ended',
        lead: `The incident resolved at ${when(view)}, after ${duration((view.at ?? 0) - view.incident.startedAt)}. There is nothing to acknowledge.`,
        link: 'Read what happened',
      })
  }
}

const confirm = (view: Shown, { at }: Around) => html`<form class="card" method="post">
${mark(view.team)}
<div class="row wrap">${pill('down', 'Not acknowledged')}${severity(view.incident.severity)}<span class="c-down b">${duration(at - view.incident.startedAt)}</span></div>
<div><h1>Do you have it?</h1><p class="lead">${view.incident.title}</p></div>
<dl class="kv">${view.monitor ? html`<dt>Monitor</dt><dd>${view.monitor}</dd>` : ''}<dt>Since</dt><dd>${clockInZone(view.incident.startedAt, view.zone)}</dd>
${view.regions ? html`<dt>From</dt><dd>${view.regions}</dd>` : ''}<dt>Also paged</dt><dd>${alsoPaged(view)}</dd></dl>
<button class="btn pri wide" type="submit">${glyph('up')}Acknowledge${view.person ? ` as ${view.person}` : ''}</button>
<p class="help">Stops the escalation. Opening this page alone changed nothing.</p></form>`

function done(view: Shown, around: Around) {
  const [first] = view.next
  const spared = first ? ` ${sentence(first.who.join(' and '))} ${first.who.length > 1 ? 'are' : 'is'} not paged.` : ''
  const after = duration((view.at ?? 0) - view.incident.startedAt)
  return card(view, around, {
    pill: ['warn', 'Acknowledged'],
    title: 'You have it',
    lead: `Since ${when(view)}, ${after} after ${view.monitor ? 'the first failure' : 'it was declared'}.${spared}`,
    link: 'Open the incident',
    help: `Sign-in is asked there.${view.monitor ? ' It resolves by itself when the monitor recovers.' : ''}`,
  })
}

type Card = { pill: [kind: Kind, text: string]; title: string; lead: string; link: string; help?: string }

const card = (view: Shown, { base }: Around, it: Card) => html`<div class="card" role="status">
${mark(view.team)}<div class="row">${pill(...it.pill)}</div>
<div><h1>${it.title}</h1><p class="lead">${it.lead}</p></div><p class="b big">${view.incident.title}</p>
<a class="btn wide" href="${base}/incidents/${view.incident.id}" rel="noreferrer">${it.link}</a>${it.help ? html`<p class="help">${it.help}</p>` : ''}</div>`

const plain = (title: string, lead: string, { base }: Around) => html`<div class="card" role="status">${mark('Tocsin')}
<div><h1>${title}</h1><p class="lead">${lead}</p></div><a class="btn wide" href="${base}/sign-in" rel="noreferrer">Sign in</a></div>`

const mark = (name: string) =>
  html`<div class="mark"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="10.6" cy="10.6" r="2.7" class="dot"/></svg>${name}</div>`
const pill = (kind: Kind, text: string) => html`<span class="pill ${kind}">${glyph(kind)}${text}</span>`
/** Not acknowledged: a bell; acknowledged: half a disc; resolved: a check. */
const drawings = {
  down: '<path d="M4 10.5V7a4 4 0 0 1 8 0v3.5l1.2 1.5H2.8Z"/><path d="M6.8 14h2.4"/>',
  warn: '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" stroke="none"/>',
  up: '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
}
type Kind = keyof typeof drawings
const glyph = (kind: Kind) =>
  raw(
    `<svg class="g" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${drawings[kind]}</svg>`,
  )
/** Three falling bars; what a severity lacks is faint. */
function severity(name: string) {
  const level = Number(name.slice(-1)) || 4
  const bars = [9, 6, 3].map(
    (h, i) => `<rect x="${i * 4}" y="${9 - h}" width="2.5" height="${h}" rx="1"${i >= 4 - level ? ' opacity=".3"' : ''}/>`,
  )
  return html`<span class="sev">${raw(`<svg width="11" height="9" viewBox="0 0 10.5 9" aria-hidden="true" fill="currentColor">${bars.join('')}</svg>`)}${name.toUpperCase()}</span>`
}
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const when = (view: Shown) => clockInZone(view.at ?? 0, view.zone)

function alsoPaged({ also, next, zone }: Shown): string {
  const later = next.map((n) => `${n.who.join(' and ')} at ${clock(n.at, zone)}`)
  return [also.length ? also.join(', ') : 'nobody yet', ...later].join('; ')
}

/** The design's tokens, both schemes, of what this card uses. */
const STYLE = `@font-face{font-family:Geist;src:url(/fonts/geist.woff2) format("woff2");font-weight:100 900;font-display:swap}
:root{color-scheme:light dark;--canvas:light-dark(#f3f6f8,#090e10);--surface:light-dark(#fff,#0e1416);--hover:light-dark(#eef2f4,#192024);--line:light-dark(#d8dde0,#272f33);--line-strong:light-dark(#b7bfc3,#3f4a4f);--text:light-dark(#151d21,#e9edef);--text-2:light-dark(#475257,#aeb7bc);--text-3:light-dark(#5e6a6f,#8e999e);--ink:light-dark(#192226,#edf1f2);--on-ink:light-dark(#fff,#0e1518);--accent-solid:light-dark(#037a84,#2bb3b9);--up:light-dark(#026a3b,#6ed797);--up-soft:light-dark(#e6f8eb,#13231b);--up-line:light-dark(#a4dab5,#275239);--warn:light-dark(#855204,#f7be58);--warn-soft:light-dark(#fef3dd,#2a1f0f);--warn-line:light-dark(#f0cb88,#6a4c1d);--down:light-dark(#b91b25,#fc9491);--down-soft:light-dark(#feefef,#341819);--down-line:light-dark(#fcbfbe,#833735);--sans:"Geist",system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;--mono:"Geist Mono",ui-monospace,"SF Mono",Menlo,Consolas,monospace}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--canvas);color:var(--text);font:400 14px/20px var(--sans);font-feature-settings:"tnum";-webkit-font-smoothing:antialiased}
h1,p,dl,dd{margin:0}a{color:inherit;text-decoration:none}svg{display:block;flex:none}
.gate{min-height:100vh;display:grid;justify-items:center;align-content:center;gap:16px;padding:32px 16px}
.card{width:min(400px,100%);background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:28px;display:grid;grid-template-columns:minmax(0,1fr);gap:16px;overflow-wrap:anywhere}
.mark{display:flex;align-items:center;gap:9px;font-weight:600}.mark svg{width:20px;height:20px}.dot{fill:var(--accent-solid)}
.row{display:flex;align-items:center;gap:8px}.wrap{flex-wrap:wrap}.b{font-weight:550}.c-down{color:var(--down)}
.pill{display:inline-flex;align-items:center;gap:6px;height:20px;padding:0 7px 0 5px;border-radius:999px;font-size:12px;line-height:1;font-weight:550;white-space:nowrap;border:1px solid}
.g{width:12px;height:12px}.btn .g{width:16px;height:16px}
.pill.up{color:var(--up);background:var(--up-soft);border-color:var(--up-line)}.pill.warn{color:var(--warn);background:var(--warn-soft);border-color:var(--warn-line)}.pill.down{color:var(--down);background:var(--down-soft);border-color:var(--down-line)}
.sev{display:inline-flex;align-items:center;gap:4px;height:18px;padding:0 5px;border-radius:4px;font:600 11px/1 var(--mono);border:1px solid var(--line-strong)}
h1{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.015em;text-wrap:balance}.lead{color:var(--text-2);margin-top:4px;text-wrap:pretty}
.kv{display:grid;grid-template-columns:112px minmax(0,1fr);gap:2px 12px;font-size:13px}.kv dt{color:var(--text-3)}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:8px;min-height:44px;padding:8px 14px;border-radius:6px;border:1px solid var(--line-strong);background:var(--surface);color:var(--text);font:500 14px/20px var(--sans);text-align:center;cursor:pointer}
.btn:hover{background:var(--hover)}.wide{width:100%}.btn.pri{min-height:56px;border-radius:12px;font-size:16px;background:var(--ink);border-color:var(--ink);color:var(--on-ink)}
:focus-visible{outline:2px solid var(--accent-solid);outline-offset:2px}
.help{font-size:12px;line-height:16px;color:var(--text-3)}.under{font-size:13px;color:var(--text-2);text-align:center}.mono{font-family:var(--mono);font-size:.94em}
@media (max-width:760px){.card{padding:20px 16px}}`
