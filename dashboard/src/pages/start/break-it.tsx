import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { To } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shape } from '../../ui/status.tsx'
import { Ago, Since } from '../../ui/time.tsx'
import { duration } from '../../words.ts'
import type { Link } from './chain.ts'
import { useShop } from './use-shop.ts'

/** The bundled demo shop with one button, and the chain that lights up behind it. */
export function BreakIt() {
  const { shop, monitor, incident, chain, set } = useShop()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  if (!shop) return null
  const press = async (broken: boolean) => {
    setBusy(true)
    setError(null)
    await set(broken).catch((e) => setError(sentence(e)))
    setBusy(false)
  }
  const last = chain.at(-1)!.afterMs
  const open = incident && incident.status !== 'RESOLVED'
  return (
    <Panel title="Try it: break it" sub="nothing real is touched">
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line-soft px-3.5 py-3">
        <span className={shop.broken ? 'text-down' : 'text-up'}>
          <Shape state={shop.broken ? 'down' : 'up'} size={16} />
        </span>
        <span className="min-w-0" role="status">
          <span className="font-550">{shop.broken ? 'Demo shop is down' : open ? 'Demo shop answers again' : 'Demo shop'}</span>
          <span className="block text-12 text-text-3" aria-live="off">
            {shop.broken ? (
              incident ? (
                <>
                  for <Since at={incident.started_at} />,{' '}
                  {incident.acknowledged_by ? `${incident.acknowledged_by.name} has it` : 'nobody has it yet'}
                </>
              ) : (
                'waiting for the next check'
              )
            ) : open ? (
              'the incident resolves when enough regions answer'
            ) : monitor?.last_checked_at ? (
              <>
                answers 200, checked <Ago at={monitor.last_checked_at} />
              </>
            ) : (
              'a small server on this machine'
            )}
          </span>
        </span>
        <Button kind={shop.broken || !open ? 'primary' : 'plain'} busy={busy} onClick={() => press(!shop.broken)}>
          {shop.broken ? 'Mend it' : incident ? 'Break it again' : 'Break it'}
        </Button>
      </div>
      <ol aria-label="What a failure sets off" className="px-3.5 py-3">
        {chain.map((link, i) => (
          <Step key={link.name} link={link} n={i + 1} last={i === chain.length - 1} />
        ))}
      </ol>
      <div className="px-3.5 pb-3.5 text-12 text-text-3" role="status">
        {error ? (
          <FieldError>{error}</FieldError>
        ) : last !== null ? (
          `${duration(last)} from the first failure to the public page. ${incident?.acknowledged_by ? 'Mend it, and it resolves by itself.' : 'Open the page in the mailbox and press Acknowledge.'}`
        ) : (
          'One press fails a small server on this machine. The next check is at most 10 s away; from there it takes a few seconds to the last line.'
        )}
      </div>
    </Panel>
  )
}

function Step({ link, n, last }: { link: Link; n: number; last: boolean }) {
  const on = link.afterMs !== null
  const inside: ReactNode = (
    <>
      <span
        aria-hidden="true"
        className={cx(
          'grid size-6 place-items-center rounded-full border text-12 font-semibold',
          on ? 'border-accent-line bg-accent-soft text-accent' : 'border-line-strong bg-surface',
        )}
      >
        {on ? <Icon of={Check} /> : n}
      </span>
      <span className="min-w-0">
        <span className="block font-550">{link.name}</span>
        <small className="block truncate text-12 text-text-3">{link.says}</small>
      </span>
      <span className={cx('whitespace-nowrap', on && 'font-550')}>
        {link.afterMs === null ? '–' : link.afterMs === 0 ? '0 s' : `+ ${duration(link.afterMs)}`}
      </span>
    </>
  )
  const grid = 'grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 py-[7px]'
  return (
    <li className={cx('relative', on ? 'text-text' : 'text-text-3')}>
      {!last && (
        <span
          aria-hidden="true"
          className={cx(
            'absolute top-[calc(50%+14px)] left-[11.5px] h-[calc(100%-28px)] border-l',
            on ? 'border-accent-solid' : 'border-dashed border-line-strong',
          )}
        />
      )}
      {link.href ? (
        <To href={link.href} className={cx(grid, 'rounded-1 hover:bg-hover')}>
          {inside}
        </To>
      ) : (
        <span className={grid}>{inside}</span>
      )}
    </li>
  )
}
