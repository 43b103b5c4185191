import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayAndClock } from '../shared/notify/zone.ts'
import { duration } from '../shared/time.ts'
import type { Message } from './mailbox.ts'

const tokens = readFileSync(join(import.meta.dirname, '../dashboard/src/tokens.css'), 'utf8')
const channels: Record<string, string> = {
  email: 'E-mail',
  webhook: 'Webhook',
  sms: 'SMS',
  voice: 'Voice',
  telegram: 'Telegram',
  push: 'Push',
}
const tabs = { read: 'As read', text: 'Plain text', links: 'Links', json: 'JSON' } as const

/** `/mailbox` of the local runner: what would have left the building, newest first. `?m` is the message, `?as` how it is shown, `?channel` filters. */
export function mailboxPage(messages: Message[], url: URL): string {
  const channel = url.searchParams.get('channel')
  const listed = messages.toReversed().filter((m) => !channel || m.channel === channel)
  const open = listed.find((m) => m.id === url.searchParams.get('m')) ?? listed[0]
  const as = url.searchParams.get('as') ?? 'read'
  const link = (more: Record<string, string | null>) => {
    const query = new URLSearchParams(url.search)
    for (const [k, v] of Object.entries(more)) v === null ? query.delete(k) : query.set(k, v)
    return `?${query}`
  }
  const count = (c: string) => messages.filter((m) => m.channel === c).length
  const views = [
    `<a href="${text(link({ channel: null, m: null }))}"${channel ? '' : ' aria-current="page"'}>All <span>${messages.length}</span></a>`,
    ...[...new Set(messages.map((m) => m.channel))]
      .sort()
      .map(
        (c) =>
          `<a href="${text(link({ channel: c, m: null }))}"${c === channel ? ' aria-current="page"' : ''}>${text(channels[c] ?? c)} <span>${count(c)}</span></a>`,
      ),
  ]
  const rows = listed
    .slice(0, 500)
    .map(
      (m) =>
        `<li><a href="${text(link({ m: m.id }))}"${m === open ? ' aria-current="true"' : ''}>${icon(m.channel)}<span class="who"><b>${text(m.subject)}</b><small>${text(m.page?.person ?? m.to)}${m.page ? ` · INC-${m.page.number}` : ''}</small></span><time datetime="${text(m.at)}">${text(m.at.slice(11, 19))}</time></a></li>`,
    )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${messages.length ? `(${messages.length}) ` : ''}Mailbox · Tocsin</title><style>${tokens}${style}</style></head>
<body data-newest="${text(messages.at(-1)?.id ?? '')}">
<header><svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="10.6" cy="10.6" r="2.7" fill="var(--accent-solid)"/></svg><b>Tocsin</b><h1>Mailbox</h1><span class="note">What would have left the building. On this machine it stays here.</span><span class="grow"></span><a class="lnk" href="/">Dashboard</a><a class="lnk mono" href="/mailbox.json">/mailbox.json</a></header>
<main><nav aria-label="Messages" tabindex="0"><div class="hd"><div class="views">${views.join('')}</div><span class="grow"></span>${messages.length ? '<form method="post" action="/mailbox/empty"><button>Empty it</button></form>' : ''}</div>
${rows.length ? `<ul>${rows.join('')}</ul>` : '<div class="empty"><h2>Nothing has left yet</h2><p>Break the demo shop and the first page lands here in about 2 s.</p><p><a class="lnk" href="/start">Break the demo shop</a></p></div>'}</nav>
${open ? reading(open, as, (name) => link({ m: open.id, as: name })) : '<section></section>'}</main>
<script>setInterval(async()=>{const l=await fetch('/mailbox.json?newest').then(r=>r.json()).catch(()=>null);if(l&&(l[0]?.id??'')!==document.body.dataset.newest)location.reload()},2000)</script>
</body></html>`
}

function reading(m: Message, as: string, link: (as: string) => string): string {
  const links = m.links.map((l) => (typeof l === 'string' ? { name: l, url: l } : l))
  const shown: Record<string, () => string> = {
    read: () =>
      m.html
        ? `<iframe title="The message as it is read" sandbox="allow-top-navigation-by-user-activation allow-popups" srcdoc="${text(m.html.replace('<head>', '<head><base target="_top">'))}"></iframe>`
        : plain(m.text),
    text: () => plain(m.text),
    links: () =>
      `<ul class="links">${links.map((l) => `<li><b>${text(l.name)}</b> <a class="lnk mono" href="${text(l.url)}">${text(l.url)}</a></li>`).join('')}</ul>`,
    json: () => plain(JSON.stringify({ ...m, html: m.html ? `${m.html.length} characters` : undefined }, null, 2)),
  }
  const tab = Object.entries(tabs).map(
    ([name, label]) =>
      `<a href="${text(link(name))}"${name === as ? ' aria-current="page"' : ''}>${label}${name === 'links' ? ` <span>${links.length}</span>` : ''}</a>`,
  )
  return `<section aria-label="Message"><div class="rh"><h2>${text(m.subject)}</h2><dl>${heads(m)}</dl></div>
<nav class="tabs" aria-label="Show as">${tab.join('')}</nav>${(shown[as] ?? shown.read!)()}</section>`
}

/** Who, from whom, when, and which page of which incident. */
function heads(m: Message): string {
  const at = Date.parse(m.at)
  const after = m.page ? `, ${duration(Math.max(0, at - Date.parse(m.page.started_at)))} after it began` : ''
  const incident = m.incident_id
    ? `<a class="lnk" href="/incidents/${text(m.incident_id)}">${m.page ? `INC-${m.page.number}` : 'Open the incident'}</a>`
    : ''
  const rows = [
    ['To', text(m.page?.person && m.page.person !== m.to ? `${m.page.person}, ${m.to}` : m.to)],
    m.from ? ['From', text(m.from)] : ['By', text(channels[m.channel] ?? m.channel)],
    ['At', `<time datetime="${text(m.at)}">${text(dayAndClock(at, 'UTC'))}</time>${after}`],
    ...(m.page ? [['Page', `step ${m.page.step} of ${text(m.page.policy)}, ${incident}`]] : incident ? [['Incident', incident]] : []),
  ]
  return rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')
}

const plain = (body: string) => `<pre tabindex="0" role="region" aria-label="The message as text">${text(body)}</pre>`
const icon = (channel: string) =>
  channel === 'email'
    ? '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5"><rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 4.5 5.5 4 5.5-4"/></svg>'
    : '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5"><path d="M8 2.5v6.3a2.6 2.6 0 1 1-5.2 0V8"/><path d="M8 8.8a3 3 0 0 0 5.5 1.7"/></svg>'

/** Everything shown is what customers typed. */
const text = (value: string): string => value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const style = `
*{box-sizing:border-box}body{margin:0;min-height:100vh;background:var(--canvas);color:var(--text);font:var(--t-13) var(--sans);font-feature-settings:"tnum"}
h1,h2,p,dl,dd,ul{margin:0;padding:0}ul{list-style:none}a{color:inherit;text-decoration:none}.grow{flex:1}.mono{font-family:var(--mono)}
a:focus-visible,button:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent-solid);outline-offset:-2px}
.lnk{color:var(--accent);text-decoration:underline;text-decoration-color:var(--accent-line);text-underline-offset:3px}
header{display:flex;align-items:center;gap:10px;min-height:44px;padding:6px 24px;border-bottom:1px solid var(--line-soft);flex-wrap:wrap}
h1{font-size:13px;line-height:20px;font-weight:600}.note{font-size:12px;color:var(--text-2)}
main{display:grid;grid-template-columns:400px minmax(0,1fr);height:calc(100vh - 45px)}
main>nav{border-right:1px solid var(--line-soft);overflow:auto;position:relative}
.hd{display:flex;align-items:center;gap:8px;min-height:48px;padding:0 12px 0 16px;border-bottom:1px solid var(--line-soft);position:sticky;top:0;background:var(--canvas);z-index:1}
.views{display:flex;gap:2px;overflow:auto}.views a{padding:4px 10px;border-radius:var(--r-2);white-space:nowrap;color:var(--text-2)}.views a:hover{background:var(--hover)}.views a[aria-current]{background:var(--active);color:var(--text);font-weight:550}.views span,.tabs span{color:var(--text-3);margin-left:2px}
button{font:inherit;color:var(--text-2);background:none;border:0;border-radius:var(--r-2);padding:4px 10px;cursor:pointer}button:hover{background:var(--hover);color:var(--text)}
main li>a{display:grid;grid-template-columns:20px minmax(0,1fr) auto;gap:0 10px;padding:10px 16px;border-bottom:1px solid var(--line-soft);line-height:18px}
main li>a:hover{background:var(--hover)}main nav li>a[aria-current]{background:var(--accent-soft);box-shadow:inset 2px 0 0 var(--accent-solid)}
.who{min-width:0}.who b,.who small{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.who b{font-weight:550}small{font-size:12px;line-height:16px;color:var(--text-3)}
li time{font-size:12px;color:var(--text-3);white-space:nowrap}li svg{margin-top:1px;color:var(--text-3)}a[aria-current] small,a[aria-current] time{color:var(--text-2)}
section{display:grid;grid-template-rows:auto auto minmax(0,1fr);min-width:0;background:var(--surface)}
.rh{padding:16px 24px 12px;display:grid;gap:10px}h2{font-size:16px;line-height:24px;font-weight:600;letter-spacing:-.01em}
dl{display:grid;grid-template-columns:64px minmax(0,1fr);font-size:12px;line-height:20px}dt{color:var(--text-3)}dd{overflow-wrap:anywhere}
.tabs{display:flex;gap:18px;padding:0 24px;border-bottom:1px solid var(--line);overflow:auto}.tabs a{padding:8px 0;color:var(--text-2);white-space:nowrap;border-bottom:2px solid transparent;margin-bottom:-1px}.tabs a[aria-current]{color:var(--text);font-weight:600;border-color:var(--accent-solid)}
iframe{border:0;width:100%;height:100%;display:block;background:var(--canvas)}pre{margin:0;padding:16px 24px;font:12px/18px var(--mono);white-space:pre-wrap;overflow:auto;overflow-wrap:anywhere;height:100%}
.links{padding:16px 24px;display:grid;gap:8px;align-content:start}.links a{display:inline;padding:0;border:0;overflow-wrap:anywhere}main .links li>a{display:inline;padding:0;border:0}main .links li>a:hover{background:none}
.empty{padding:24px 16px;display:grid;gap:6px;color:var(--text-2)}.empty h2{color:var(--text)}
@media (max-width:900px){main{grid-template-columns:300px minmax(0,1fr)}}
@media (max-width:760px){header{padding:6px 16px}main{grid-template-columns:minmax(0,1fr);height:auto}main>nav{border-right:0;max-height:46vh}iframe{height:640px}.rh,.tabs,pre,.links{padding-inline:16px}}
`
