/** One line of the facts table; `mono` is an address or a name as a machine writes it. */
export type Row = { name: string; text: string; mono?: string | null }
type Link = { name: string; url: string }
/** A mail of ours: one card, one button, facts. Texts are plain and escaped here; `text` and `html` say the same. */
export type Layout = {
  subject: string
  /** What a list of mails shows beside the subject. */
  preview: string
  team: string
  /** A state in colour with a word beside it; null for mails about no incident. */
  pill: string | null
  beside: string
  title: string
  lead: string
  /** In plain text, after the address of the button. */
  leadText: string
  button: Link | null
  rows: Row[]
  more: Link[]
  foot: string
}

export const renderMail = (mail: Layout): { text: string; html: string } => ({ text: asText(mail), html: asHtml(mail) })

const WIDTH = 80

function asText({ subject, button, leadText, rows, more, foot }: Layout): string {
  const fact = ({ name, text, mono }: Row) =>
    `${name.padEnd(10)}${mono ? `${mono} ` : ''}${text.replace(/\s*\n\s*/g, `\n${' '.repeat(10)}`)}`
  return [
    subject.replace(/\s+/g, ' '),
    ...(button ? [`${button.name}: ${button.url}${leadText ? `\n${leadText}` : ''}`] : []),
    rows.map(fact).join('\n'),
    more.map((link) => `${link.name}: ${link.url}`).join('\n'),
    wrap(button ? `The link ${foot}` : foot),
  ].filter(Boolean).join('\n\n').concat('\n') // biome-ignore format: paragraphs
}

function wrap(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line && line.length + word.length >= WIDTH) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  return lines.join('\n')
}

const SANS = "font-family:Geist,-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
const MONO = "font-family:'Geist Mono',ui-monospace,Menlo,Consolas,monospace;font-size:13px;word-break:break-word"

/** Mail programs drop style sheets: every colour is inline for light, and overridden where dark is understood. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.bg{background:#090e10!important}.card{background:#0e1416!important;border-color:#272f33!important}
.t{color:#e9edef!important}.t2{color:#aeb7bc!important}.t3{color:#8e999e!important}
.ln{border-color:#1b2226!important}.dn{color:#fc9491!important}.dnb{background:#341819!important;border-color:#833735!important}
.ac{color:#63d7dd!important}.bt{background:#edf1f2!important;border-color:#edf1f2!important;color:#0e1518!important}}
@media (max-width:620px){.w{width:100%!important}.px{padding-left:16px!important;padding-right:16px!important}
.kl{display:block!important;width:auto!important;padding-bottom:0!important}.kv{display:block!important;padding-top:0!important;border-top:0!important}.bt{display:block!important}}`

function asHtml(mail: Layout): string {
  const cell = (cls: string, style: string, inner: string) => `<tr><td class="px ${cls}" style="${SANS}${style}">${inner}</td></tr>`
  const lines = [
    cell('t', 'padding:24px 28px 0;font-size:14px;line-height:20px;font-weight:600;color:#151d21', esc(mail.team)),
    mail.pill === null ? '' : cell('', 'padding:16px 28px 0', pill(mail.pill, mail.beside)),
    cell(
      '',
      'padding:10px 28px 0',
      `<h1 class="t" style="${SANS}margin:0;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-0.3px;color:#151d21">${esc(mail.title)}</h1>`,
    ),
    mail.lead ? cell('t2', 'padding:8px 28px 0;font-size:14px;line-height:22px;color:#475257', esc(mail.lead)) : '',
    mail.button ? cell('', 'padding:20px 28px 0', button(mail.button)) : '',
    cell('', 'padding:18px 28px 0', table(mail.rows)),
    mail.more.length
      ? cell('t2', 'padding:16px 28px 0;font-size:14px;line-height:22px;color:#475257', mail.more.map(anchor).join(' &#183; '))
      : '',
    cell(
      't3',
      'padding:20px 28px 24px;font-size:12px;line-height:18px;color:#5e6a6f',
      esc(mail.button ? `The button ${mail.foot}` : mail.foot),
    ),
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${esc(mail.subject)}</title><style>${STYLE}</style></head>
<body class="bg" style="margin:0;padding:0;background:#f3f6f8;-webkit-text-size-adjust:100%"><div role="main">
<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">${esc(mail.preview)}</div>
<table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;background:#f3f6f8"><tr><td align="center" class="px" style="padding:24px 16px">
<table role="presentation" class="w card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:100%;border-collapse:separate;background:#ffffff;border:1px solid #d8dde0;border-radius:12px">
${lines.filter(Boolean).join('\n')}
</table></td></tr></table></div></body></html>
`
}

const pill = (state: string, beside: string) =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="border-collapse:separate"><tr><td class="dnb dn" style="${SANS}background:#feefef;border:1px solid #fcbfbe;border-radius:999px;padding:2px 10px;font-size:12px;line-height:18px;font-weight:600;color:#b91b25">&#9679; ${esc(state)}</td><td class="t2" style="${SANS}padding-left:10px;font-size:13px;line-height:20px;color:#475257">${esc(beside)}</td></tr></table>`

const button = ({ name, url }: Link) =>
  `<a class="bt" href="${esc(url)}" style="${SANS}display:inline-block;background:#192226;border:1px solid #192226;border-radius:8px;color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;padding:12px 28px;text-align:center">${esc(name)}</a>`

const anchor = ({ name, url }: Link) => `<a class="ac" href="${esc(url)}" style="color:#046972;text-decoration:underline">${esc(name)}</a>`

function table(rows: Row[]): string {
  const row = ({ name, text, mono }: Row) =>
    `<tr><th scope="row" class="kl t3 ln" valign="top" align="left" style="${SANS}width:96px;padding:8px 12px 8px 0;border-top:1px solid #e6eaec;font-size:13px;line-height:20px;font-weight:400;text-align:left;color:#5e6a6f">${esc(name)}</th><td class="kv t ln" style="${SANS}padding:8px 0;border-top:1px solid #e6eaec;font-size:14px;line-height:20px;color:#151d21">${mono ? `<span style="${MONO}">${esc(mono)}</span> ` : ''}${esc(text).replaceAll('\n', '<br>')}</td></tr>`
  return `<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${rows.map(row).join('')}</table>`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const esc = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!)
