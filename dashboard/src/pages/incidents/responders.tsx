import { useQuery } from '@tanstack/react-query'
import { FileCheck, Webhook } from 'lucide-react'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { Avatar, Receipt } from '../../ui/timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import type { IncidentDetail, IncidentPage } from '../../wire.ts'
import { clock, host } from '../../words.ts'
import { channelName } from './channel.ts'
import { pagesQuery } from './queries.ts'
import { byContact, type Standing, standing, ticks } from './receipt.ts'
import { ReceiptLines } from './receipt-lines.tsx'

const looks: Record<Standing, string> = {
  'has it': 'text-up',
  paging: 'text-warn',
  waiting: 'text-text-2',
  'being sent': 'text-warn',
  'trying again': 'text-down',
  'not reached': 'text-down',
  'not needed': 'text-text-3',
  told: 'text-text-2',
}

/** Who was paged, how it went, and who has it. */
export function Responders({ incident }: { incident: IncidentDetail }) {
  const pages = useQuery(pagesQuery(incident.id))
  return (
    <Panel
      title="Responders"
      actions={
        pages.data?.length ? (
          <Button kind="ghost" icon={FileCheck} aria-label="Copy the signed receipts" onClick={() => copySigned(pages.data)} />
        ) : null
      }
    >
      <Load query={pages}>
        {(all) => {
          const list = all.filter((p) => p.kind === 'page')
          return list.length ? (
            <ul>
              {byContact(list).map(({ page, pages }) => (
                <Responder key={`${page.channel} ${page.user_id ?? page.contact}`} page={page} pages={pages} incident={incident} />
              ))}
            </ul>
          ) : (
            <p className="px-3.5 py-3 text-text-3">{incident.notify ? 'Nobody was paged yet.' : 'Nobody was paged: that was asked for.'}</p>
          )
        }}
      </Load>
    </Panel>
  )
}

/** What proves these pages to somebody else. docs/paging.md */
const copySigned = (pages: readonly IncidentPage[]) =>
  void navigator.clipboard.writeText(pages.map((p) => p.signed).join('\n')).then(() => toast('Signed receipts copied, one a line'))

type Row = { page: IncidentPage; pages: readonly IncidentPage[]; incident: IncidentDetail }

function Responder({ page, pages, incident }: Row) {
  const zone = useZone()
  const stands = standing(page, incident)
  const name = page.user_id ? (page.user_name ?? 'Somebody who left') : host(page.contact)
  const how = [
    `step ${page.step}`,
    page.channel === 'sms' ? 'SMS' : channelName(page.channel).toLowerCase(),
    page.told_with && 'told with another page',
    page.replaces && 'because another contact failed',
    pages.length > 1 && `paged ${pages.length} times`,
    page.possibly_twice && 'may have arrived twice',
  ].filter(Boolean)
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line-soft px-3.5 py-[9px] last:border-b-0">
      {page.user_id ? (
        <Avatar name={name} large />
      ) : (
        <span className="grid size-7 place-items-center rounded-full border border-line bg-active">
          <Icon of={Webhook} />
        </span>
      )}
      <span className="min-w-0">
        <span className="block truncate font-550" title={page.contact}>
          {name}
        </span>
        <small className="block text-12 leading-4 text-text-3">{how.join(', ')}</small>
      </span>
      <span className={cx('flex items-center gap-1.5 text-12 font-550', looks[stands])}>
        {stands === 'has it' && <Shape state="up" />}
        {stands[0]!.toUpperCase() + stands.slice(1)}
      </span>
      <div className="col-span-2 col-start-2 min-w-0">
        <Receipt
          ticks={ticks(page, incident).map((t) => ({
            word: t.word,
            at: t.at && clock(Date.parse(t.at), zone),
            ...(t.why ? { why: t.why } : {}),
          }))}
        />
      </div>
      <ReceiptLines pages={pages} />
    </li>
  )
}
