import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { policiesQuery } from '../../queries.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { useGo } from '../../ui/link.tsx'
import { Columns, Note, PageHeader, Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { conditionWords } from '../alerts/words.ts'
import { said } from '../board/units.ts'
import type { Alert } from '../board/wire.ts'
import { QueryField } from '../metrics/query-field.tsx'
import { useWebhooks } from '../settings/queries.ts'
import { Strip, useBacktest } from './backtest.tsx'
import { AlertChart, type RangeName } from './chart.tsx'
import { Condition, Where } from './condition.tsx'
import { type Draft, draftOf, type Errors, findings, inputOf } from './draft.ts'
import { Crumbs } from './page.tsx'

/** A new alert or one that is changed: its query over time, when it fires, and when it would have fired. */
export function Editor({
  alert,
  given,
  onDone,
}: {
  alert: Alert | null
  given?: { expr?: string; name?: string; threshold?: string }
  onDone: () => void
}) {
  const zone = useZone()
  const go = useGo()
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(alert, given))
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<{ errors: Errors; more: string | null }>({ errors: {}, more: null })
  const [busy, setBusy] = useState(false)
  const [range, setRange] = useState<RangeName>('6h')
  const policies = useQuery(policiesQuery).data ?? []
  const webhooks = useWebhooks().data ?? []
  const test = useBacktest(draft)
  const change = (patch: Partial<Draft>) => {
    setDraft((d) => ({ ...d, ...patch }))
    setRefused({ errors: {}, more: null })
  }
  const wrong = findings(draft)
  const errors: Errors = { ...(tried ? wrong : {}), ...refused.errors }
  const threshold =
    !draft.use_anomaly_detection && draft.condition && draft.threshold.trim() !== '' && Number.isFinite(Number(draft.threshold))
      ? Number(draft.threshold)
      : null
  const policy = policies.find((p) => p.id === draft.policy_id) ?? policies.find((p) => p.is_default)
  const whom = draft.create_incident ? `${draft.severity} by the policy ${policy?.name ?? 'Default'}` : 'nobody: it opens no incident'
  const save = async () => {
    setTried(true)
    if (Object.keys(wrong).length || busy) return
    setBusy(true)
    try {
      const saved = alert
        ? await api.patch<Alert>(`/api/metrics/alerts/${alert.id}`, inputOf(draft, alert))
        : await api.post<Alert>('/api/metrics/alerts', inputOf(draft, null))
      client.setQueryData(['alert', saved.id], saved)
      void client.invalidateQueries({ queryKey: ['alerts'] })
      toast(alert ? `Saved ${saved.name}` : `Created ${saved.name}`)
      if (alert) onDone()
      else go(`/alerts/${saved.id}`, { replace: true })
    } catch (e) {
      const found: Errors = {}
      for (const { path, message } of e instanceof ApiError ? e.errors : []) {
        const field = { name: 'name', query: 'query', threshold: 'threshold', for: 'for', keep_firing_for: 'keep', check_period: 'every' }[
          path.split('.')[0]!
        ] as keyof Errors | undefined
        if (field) found[field] ??= message
      }
      setRefused({ errors: found, more: Object.keys(found).length ? null : sentence(e) })
    } finally {
      setBusy(false)
    }
  }
  useKeys([{ keys: 'mod+enter', label: 'Save the alert', group: 'Actions', run: () => void save() }])
  return (
    <>
      <PageHeader
        title={<Crumbs name={alert ? alert.name : 'New alert'} />}
        actions={
          <>
            <Button onClick={onDone}>Cancel</Button>
            <Button kind="primary" keys="mod+enter" busy={busy} onClick={save}>
              {alert ? 'Save' : 'Create alert'}
            </Button>
          </>
        }
      />
      {refused.more && (
        <div role="alert" className="mb-3">
          <Note tone="down">{refused.more}</Note>
        </div>
      )}
      <Columns
        sideWidth={384}
        main={
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
            <div className="px-3.5 pt-3 pb-3">
              <QueryField
                label="Query"
                hint="histogram_quantile(0.95, sum by (le) (rate(checkout_duration_seconds_bucket[5m])))"
                value={draft.query}
                error={errors.query}
                onChange={(query) => change({ query })}
                onRun={() => {}}
              />
              <p className="pt-1 text-12 text-text-3">Every series it returns is looked at by itself.</p>
            </div>
            <AlertChart
              query={draft.query.trim()}
              range={range}
              zone={zone}
              threshold={threshold}
              words={threshold === null || !draft.condition ? '' : `fires ${conditionWords[draft.condition]} ${said(threshold, 'short')}`}
              test={test.data}
              {...(threshold === null ? {} : { onThreshold: (v: number) => change({ threshold: String(v) }) })}
            />
            <div className="border-t border-line-soft">
              <Strip query={test} zone={zone} whom={whom} />
            </div>
          </Panel>
        }
        side={
          <>
            <Condition draft={draft} errors={errors} change={change} />
            <Where draft={draft} policies={policies} webhooks={webhooks} change={change} />
          </>
        }
      />
    </>
  )
}
