import type { UseQueryResult } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { sentence } from '../../api.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Note, Panel } from '../../ui/panel.tsx'
import { LiveDot, Shape } from '../../ui/status.tsx'
import { Ago, Since } from '../../ui/time.tsx'
import { count, plural } from '../../words.ts'
import type { SourceHealth } from './queries.ts'

/** "Waiting for the first event…", with what is known so far; then what arrives. */
export function Arriving({ source, health, arrived }: { source: Source; health: UseQueryResult<SourceHealth>; arrived: boolean }) {
  const h = health.data
  const refused = h?.refused.reduce((n, r) => n + r.count, 0) ?? 0
  return (
    <Panel label="Arrival">
      <div className="grid gap-3 px-[17px] pt-4 pb-[17px]" aria-live="polite">
        {h?.last_event_at ? (
          <>
            <h2 className="flex items-center gap-2.5 text-16 font-semibold tracking-[-0.01em]">
              <span className="text-up">
                <Shape state="up" size={16} />
              </span>
              {arrived ? 'The first event is here' : 'Events arrive'}
            </h2>
            <Step done>
              Last event <Ago at={h.last_event_at} />
            </Step>
            <Step done>{plural(h.events_last_minute, 'event')} in the last minute</Step>
            <div>
              <ButtonLink kind={arrived ? 'primary' : 'plain'} href={`/logs?src=${source.id}&mode=live`}>
                Watch them live
              </ButtonLink>
            </div>
          </>
        ) : (
          <>
            <h2 className="flex items-center gap-2.5 text-16 font-semibold tracking-[-0.01em]">
              <LiveDot />
              Waiting for the first event…
            </h2>
            <p className="text-text-2">
              This turns into the source by itself. <Since at={source.created_at} /> since it was made.
            </p>
            {source.ingesting_paused && <Note tone="warn">The source is paused: what it sends is refused until it goes on.</Note>}
            <Step done={refused > 0}>{refused > 0 ? 'Token accepted' : 'Nothing has come with this token yet'}</Step>
          </>
        )}
        {refused > 0 && (
          <Note tone="warn" icon={<Shape state="degraded" />}>
            <b>{count(refused)} refused.</b> {h!.refused.map((r) => `${count(r.count)} × ${r.reason}`).join(', ')}
            {h!.refused[0]!.began && (
              <>
                {' The latest began with:'}
                <code className="mt-1 block font-mono [overflow-wrap:anywhere]">{h!.refused[0]!.began}</code>
              </>
            )}
          </Note>
        )}
        {health.error && !h && <p className="text-12 text-text-2">{sentence(health.error)} What you send is taken in and kept.</p>}
      </div>
    </Panel>
  )
}

const Step = ({ done, children }: { done: boolean; children: ReactNode }) => (
  <p className="flex items-center gap-2.5">
    {done ? (
      <Icon of={Check} className="text-up" />
    ) : (
      <span className="text-idle">
        <Shape state="pending" />
      </span>
    )}
    <span>{children}</span>
  </p>
)
