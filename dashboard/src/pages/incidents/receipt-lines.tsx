import { useZone } from '../../prefs.ts'
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
        <div key={p.id} className="mt-1.5 rounded-2 border border-line-soft bg-sunken">
          <table className="w-full [&_td]:px-2 [&_td]:py-0.5 [&_td]:align-top">
            <caption className="px-2 pt-1 text-left text-text-3 [overflow-wrap:anywhere]">
              Step {p.step}, to <span className="font-mono">{p.contact}</span>
              {p.possibly_twice && <span className="text-warn">, may have arrived twice</span>}
            </caption>
            <tbody>
              {p.receipts.map((r, i) => (
                <tr key={i}>
                  <td className="w-0 font-mono whitespace-nowrap text-text-3"><time dateTime={r.at}>{clock(Date.parse(r.at), zone)}</time></td>
                  <td className={r.state === 'failed' ? 'text-down' : 'text-text-2'}>
                    {receiptWord(r.state)}
                    {r.provider_id && <span className="block font-mono text-11 text-text-3 select-all [overflow-wrap:anywhere]" title="The provider’s id">{r.provider_id}</span>}
                    {r.detail && <span className="block text-text-3">{r.detail}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </details>
  ) // biome-ignore format: a table
}
