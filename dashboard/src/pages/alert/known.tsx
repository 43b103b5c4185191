import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { policiesQuery } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { TextLink, useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Columns, FactsRow, Note, PageHeader, Panel } from '../../ui/panel.tsx'
import { Pill } from '../../ui/status.tsx'
import { Ago, Since } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { plural } from '../../words.ts'
import { conditionWords, firesWhen, span, stateOf } from '../alerts/words.ts'
import { said } from '../board/units.ts'
import type { Alert } from '../board/wire.ts'
import { Strip, useBacktest } from './backtest.tsx'
import { AlertChart, type RangeName } from './chart.tsx'
import { draftOf } from './draft.ts'
import { History, SeriesTable } from './history.tsx'
import { Crumbs } from './page.tsx'

/** One alert: its state in a sentence, what it watches with what would have fired, its series and its history. */
export function Known({ alert: a, onEdit }: { alert: Alert; onEdit: () => void }) {
  const zone = useZone()
  const go = useGo()
  const client = useQueryClient()
  const may = useMe().may('metrics:write')
  const [range, setRange] = useState<RangeName>('6h')
  const policies = useQuery(policiesQuery).data ?? []
  const test = useBacktest(draftOf(a))
  const policy = policies.find((p) => p.id === a.policy_id) ?? policies.find((p) => p.is_default)
  const change = async (patch: object, words: string) => {
    try {
      client.setQueryData(['alert', a.id], await api.patch<Alert>(`/api/metrics/alerts/${a.id}`, patch))
      void client.invalidateQueries({ queryKey: ['alerts'] })
      toast(words)
    } catch (e) {
      toast(sentence(e))
    }
  }
  const [deleting, setDeleting] = useState(false)
  useKeys(may && !a.group_id ? [{ keys: 'e', label: 'Edit the alert', group: 'Actions', run: onEdit }] : [])
  const { state, word } = stateOf[a.state]
  const threshold = a.use_anomaly_detection || a.condition === null ? null : a.threshold
  return (
    <>
      <PageHeader
        title={<Crumbs name={a.name} />}
        actions={
          may && (
            <>
              {!a.group_id && (
                <Button icon={Pencil} keys="e" onClick={onEdit}>
                  Edit
                </Button>
              )}
              {deleting && (
                <DeleteDialog
                  what="alert"
                  name={a.name}
                  path={`/api/metrics/alerts/${a.id}`}
                  refresh={[['alerts']]}
                  onClose={() => setDeleting(false)}
                  onDone={() => go('/alerts')}
                >
                  What it opened is resolved.
                </DeleteDialog>
              )}
              <Menu
                items={[
                  a.paused
                    ? { label: 'Resume', icon: Play, run: () => void change({ paused: false }, `${a.name} is evaluated again`) }
                    : {
                        label: 'Pause',
                        icon: Pause,
                        run: () => void change({ paused: true }, `${a.name} is paused; what it opened is resolved`),
                      },
                  ...(a.group_id ? [] : [{ label: 'Delete alert', icon: Trash2, danger: true, run: () => setDeleting(true) }]),
                ]}
              />
            </>
          )
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Pill state={state} word={word} />
        <p className="text-20 font-semibold tracking-[-0.015em]">{headline(a)}</p>
        {a.state_since && (a.state === 'FIRING' || a.state === 'PENDING' || a.state === 'UNKNOWN') && (
          <span className="text-text-2">
            for <Since at={a.state_since} />
          </span>
        )}
        {a.incident_id && <TextLink href={`/incidents/${a.incident_id}`}>its incident</TextLink>}
      </div>
      {a.error && (
        <div className="mb-4" role="status">
          <Note tone="warn">
            <b>It cannot be evaluated now, so nothing fires and nothing ends.</b> {a.error}
          </Note>
        </div>
      )}
      {a.missed && (
        <div className="mb-4">
          <Note>
            {plural(a.missed.count, 'instant')} before <Ago at={a.missed.to} /> were never evaluated: nobody could look.
          </Note>
        </div>
      )}
      <FactsRow
        facts={[
          { name: 'Fires', value: firesWhen(a) },
          { name: 'Looked at', value: `every ${span(a.check_period)}` },
          { name: 'Last look', value: a.last_evaluated_at ? <Ago at={a.last_evaluated_at} /> : 'soon' },
          {
            name: 'Missing data',
            value: {
              dont_fire: 'it ends',
              treat_as_previous: 'stays as it was',
              treat_as_zero: 'counts as zero',
              start_incident: 'it fires',
            }[a.on_missing_data],
          },
          { name: 'Fired in 30 d', value: a.fired_30d === null ? 'unknown' : plural(a.fired_30d, 'time') },
          { name: 'Goes to', value: a.create_incident ? `${a.severity}, ${policy?.name ?? 'Default'}` : 'no incident' },
        ]}
      />
      <Columns
        main={
          <>
            <Panel
              title="What it watches"
              actions={
                <Segmented
                  label="Range of the chart"
                  value={range}
                  options={[
                    ['6h', '6 h'],
                    ['24h', '24 h'],
                    ['7d', '7 d'],
                    ['30d', '30 d'],
                  ]}
                  onChange={setRange}
                />
              }
            >
              <pre className="mx-3.5 mt-3 mb-1 max-h-24 overflow-auto rounded-2 bg-sunken px-2.5 py-2 font-mono text-12 leading-[18px] [overflow-wrap:anywhere] whitespace-pre-wrap text-text-2">
                {a.query}
              </pre>
              <div className="pt-2">
                <AlertChart
                  query={a.query}
                  range={range}
                  zone={zone}
                  threshold={threshold}
                  words={threshold === null || !a.condition ? '' : `fires ${conditionWords[a.condition]} ${said(threshold, 'short')}`}
                  test={test.data}
                />
              </div>
              <div className="border-t border-line-soft">
                <Strip
                  query={test}
                  zone={zone}
                  whom={a.create_incident ? `${a.severity} by the policy ${policy?.name ?? 'Default'}` : 'nobody'}
                />
              </div>
            </Panel>
            {a.active_count > 0 && <SeriesTable alert={a} />}
          </>
        }
        side={<History id={a.id} />}
      />
    </>
  )
}

/** What is true now, as a sentence. */
function headline(a: Alert): string {
  const n = (k: number) => plural(k, 'series', 'series')
  switch (a.state) {
    case 'FIRING':
      return a.active[0]?.annotations.summary && a.firing_count === 1
        ? a.active[0].annotations.summary
        : `${n(a.firing_count)} ${a.firing_count === 1 ? 'fires' : 'fire'}`
    case 'PENDING':
      return `${n(a.active_count)} about to fire`
    case 'UNKNOWN':
      return 'Nothing is known now'
    case 'PAUSED':
      return 'Nobody looks'
    case 'INACTIVE':
      return a.health === 'pending' ? 'First look within a minute' : `Nothing is ${firesWhen({ ...a, for: 0 })}`
    default:
      return a.state satisfies never
  }
}
