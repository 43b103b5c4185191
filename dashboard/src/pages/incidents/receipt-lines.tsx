import { useZone } from '../../prefs.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import type { IncidentPage } from '../../wire.ts'
import { clock, plural } from '../../words.ts'
import { receiptWord } from './receipt.ts'

/** Every page of one row, line by line as it was written down: the instant, what happened, and the provider's own id to ask it about. */
export function ReceiptLines({ pages }: { pages: readonly IncidentPage[] }) {
  const zone = useZone()
  return (
    <details className="col-span-2 col-start-2 mt-1.5 min-w-0 text-12">
      <summary className="w-fit text-text-3 hover:text-text-2 pointer-coarse:py-2.5">{plural(pages.length, 'receipt')}, line by line</summary>
      {pages.map((p) => (
        <ScrollBox key={p.id} label={`Receipt of step ${p.step}`} className="mt-1.5 rounded-2 border border-line-soft bg-sunken">
          <table className="w-full whitespace-nowrap [&_td]:px-2 [&_td]:py-0.5 [&_td]:align-top">
            <caption className="px-2 pt-1 text-left text-text-3">
              Step {p.step}, to <span className="font-mono">{p.contact}</span>
              {p.possibly_twice && <span className="text-warn">, may have arrived twice</span>}
            </caption>
            <tbody>
              {p.receipts.map((r, i) => (
                <tr key={i}>
                  <td className="font-mono text-text-3"><time dateTime={r.at}>{clock(Date.parse(r.at), zone)}</time></td>
                  <td className={r.state === 'failed' ? 'text-down' : 'text-text-2'}>
                    {receiptWord(r.state)}
                    {r.detail && <span className="block max-w-[40ch] whitespace-normal text-text-3">{r.detail}</span>}
                  </td>
                  <td className="font-mono text-text-3 select-all" title={r.provider_id ? 'The provider’s id' : undefined}>{r.provider_id ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ))}
    </details>
  ) // biome-ignore format: a table
}
