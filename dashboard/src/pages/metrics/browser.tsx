import type { UseQueryResult } from '@tanstack/react-query'
import { Fragment, useMemo, useState } from 'react'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Skeleton } from '../../ui/state.tsx'
import { count, plural } from '../../words.ts'
import type { Metric, Names } from './queries.ts'

const SHOWN_MAX = 200

/** Every metric of the last day with type, unit and series; choosing one asks about it. */
export function Browser({ query, chosen, onChoose }: { query: UseQueryResult<Names>; chosen: string; onChoose: (metric: Metric) => void }) {
  const [typed, setTyped] = useState('')
  const all = query.data?.data
  const found = useMemo(() => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
    return (all ?? []).filter((m) => words.every((w) => `${m.name} ${m.type} ${m.help}`.toLowerCase().includes(w)))
  }, [all, typed])
  return (
    <Panel title="Metrics" sub={all && `${count(all.length)}${query.data?.truncated ? ' and more' : ''} in the last day`}>
      <div className="border-b border-line-soft p-2">
        <TextInput aria-label="Find a metric" placeholder="Find a metric" value={typed} onChange={(e) => setTyped(e.target.value)} />
      </div>
      {!all ? (
        query.error ? (
          <p className="grid justify-items-start gap-2 p-3 text-12 text-text-2">
            {sentence(query.error)}
            <Button onClick={() => query.refetch()} busy={query.isFetching}>
              Try again
            </Button>
          </p>
        ) : (
          <Skeleton rows={8} saying="Loading metrics" />
        )
      ) : found.length === 0 ? (
        <p className="p-3.5 text-12 text-text-2">No metric of the last day has “{typed}” in its name, type or help.</p>
      ) : (
        <ScrollBox label="Metrics that were found" className="max-h-[calc(100dvh-190px)] narrow:max-h-64">
          <ul>
            {found.slice(0, SHOWN_MAX).map((m) => (
              <li key={m.name}>
                <button
                  type="button"
                  aria-pressed={m.name === chosen}
                  title={m.help}
                  onClick={() => onChoose(m)}
                  className={cx(
                    'grid w-full gap-0.5 border-b border-line-soft px-3.5 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11',
                    m.name === chosen && 'bg-accent-soft',
                  )}
                >
                  <span className="font-mono text-12 [overflow-wrap:anywhere]">{breakable(m.name)}</span>
                  <span className="text-11 text-text-3">
                    {[m.type === 'unknown' ? null : m.type, m.unit || null, plural(m.series, 'series', 'series')]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {found.length > SHOWN_MAX && (
            <p className="p-3 text-12 text-text-3">{count(found.length - SHOWN_MAX)} more; type a part of the name.</p>
          )}
        </ScrollBox>
      )}
    </Panel>
  )
}

/** A long name breaks between its words, with no character in it that a copy would carry along. */
const breakable = (name: string) =>
  name.split(/(?<=[_.:])/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ))
