import { Fragment, type ReactNode } from 'react'
import { TextLink } from '../../ui/link.tsx'

/** The Markdown of a text panel: headings, lists, bold, code, links to http(s). Anything else stays the text it is; nothing is HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = text.split(/\n{2,}/).slice(0, 300)
  return (
    <div className="grid content-start gap-2 overflow-auto px-3.5 pb-3 text-14 text-text-2 [&_code]:rounded-1 [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-12">
      {blocks.map((block, i) => (
        <Block key={i} text={block} />
      ))}
    </div>
  )
}

function Block({ text }: { text: string }) {
  const heading = /^(#{1,4})\s+(.*)$/.exec(text.trim())
  if (heading)
    return <p className={heading[1]!.length < 3 ? 'text-16 font-semibold text-text' : 'font-semibold text-text'}>{inline(heading[2]!)}</p>
  const lines = text.split('\n')
  if (lines.every((l) => /^\s*[-*]\s+/.test(l)))
    return (
      <ul className="list-disc pl-5">
        {lines.map((l, i) => (
          <li key={i}>{inline(l.replace(/^\s*[-*]\s+/, ''))}</li>
        ))}
      </ul>
    )
  return <p className="max-w-[76ch] whitespace-pre-line">{inline(text)}</p>
}

const TOKEN = /(\*\*[^*\n]+\*\*|`[^`\n]+`|\[[^\]\n]+\]\(https?:\/\/[^\s)]+\))/g
function inline(text: string): ReactNode {
  return text.split(TOKEN).map((part, i) => {
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4) return <b key={i} className="font-550 text-text">{part.slice(2, -2)}</b>
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2) return <code key={i}>{part.slice(1, -1)}</code>
    const link = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(part)
    return link ? <TextLink key={i} href={link[2]!}>{link[1]}</TextLink> : <Fragment key={i}>{part}</Fragment>
  }) // biome-ignore format: three kinds
}
