import { Field, Fold, Options, Pick, Select, TextArea, TextInput, Two, Unit } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Policy } from '../../wire.ts'
import { conditionWords, firesWhen } from '../alerts/words.ts'
import type { Alert } from '../board/wire.ts'
import type { Draft, Errors } from './draft.ts'

type Props = { draft: Draft; errors: Errors; change: (patch: Partial<Draft>) => void }

const missing: Record<Alert['on_missing_data'], [name: string, help: string]> = {
  dont_fire: ['It ends', 'As in Prometheus: what is not there is not true.'],
  treat_as_previous: ['It stays as it was', 'The last value counts until there is another.'],
  treat_as_zero: ['It counts as zero', 'For what is only sent while it happens.'],
  start_incident: ['It fires', 'For what must always be there.'],
}

/** When it fires, as a sentence that is filled in. */
export function Condition({ draft: d, errors, change }: Props) {
  const how = d.use_anomaly_detection ? 'anomaly' : d.condition === null ? 'any' : 'threshold'
  const number = (text: string) => (text.trim() === '' ? null : Number(text))
  return (
    <Panel title="When it fires" sub={firesWhen({ ...d, threshold: number(d.threshold), for: Math.round(Number(d.for) * 60) || 0 })}>
      <div className="grid gap-3.5 px-3.5 pt-3 pb-1">
        <Field label="Name" error={errors.name}>
          {(aria) => (
            <TextInput {...aria} value={d.name} placeholder="Checkout is slow" onChange={(e) => change({ name: e.target.value })} />
          )}
        </Field>
        <Options
          legend="A series fires when it is"
          type="radio"
          options={[
            { value: 'threshold', label: 'beyond a number' },
            { value: 'anomaly', label: 'unusual' },
            { value: 'any', label: 'returned' },
          ]}
          chosen={[how]}
          onChange={([to]) => change({ use_anomaly_detection: to === 'anomaly', condition: to === 'any' ? null : (d.condition ?? 'GT') })}
        />
        {how === 'threshold' && (
          <Two>
            <Field label="It is">
              {(aria) => (
                <Select {...aria} value={d.condition ?? 'GT'} onChange={(e) => change({ condition: e.target.value as Draft['condition'] })}>
                  {Object.entries(conditionWords).map(([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Threshold" error={errors.threshold}>
              {(aria) => (
                <TextInput {...aria} inputMode="decimal" value={d.threshold} onChange={(e) => change({ threshold: e.target.value })} />
              )}
            </Field>
          </Two>
        )}
        {how === 'anomaly' && (
          <>
            <Field label="Direction">
              {(aria) => (
                <Select
                  {...aria}
                  value={d.anomaly_trigger}
                  onChange={(e) => change({ anomaly_trigger: e.target.value as Draft['anomaly_trigger'] })}
                >
                  <option value="any">higher or lower than usual</option>
                  <option value="higher">higher than usual</option>
                  <option value="lower">lower than usual</option>
                </Select>
              )}
            </Field>
            <Field
              label="Sensitivity"
              aside={d.anomaly_sensitivity < 35 ? 'high' : d.anomaly_sensitivity > 65 ? 'low' : 'medium'}
              help="Left finds more, right only what is far from usual. The band on the chart is what is usual."
            >
              {(aria) => (
                <input
                  {...aria}
                  type="range"
                  min={0}
                  max={100}
                  step={5}
                  value={d.anomaly_sensitivity}
                  onChange={(e) => change({ anomaly_sensitivity: Number(e.target.value) })}
                  className="h-(--control) w-full accent-accent-solid"
                />
              )}
            </Field>
            <Field label="It learns from" help="Two weeks tell weekdays from weekends.">
              {(aria) => (
                <Select
                  {...aria}
                  value={d.anomaly_training_range_days}
                  onChange={(e) => change({ anomaly_training_range_days: Number(e.target.value) })}
                >
                  {[7, 14, 21, 28].map((n) => (
                    <option key={n} value={n}>
                      {n} days before
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </>
        )}
        <Two>
          <Field label="for at least" error={errors.for}>
            {(aria) => <Unit {...aria} unit="min" inputMode="decimal" value={d.for} onChange={(e) => change({ for: e.target.value })} />}
          </Field>
          <Field label="looked at every" error={errors.every}>
            {(aria) => <Unit {...aria} unit="s" value={d.every} onChange={(e) => change({ every: e.target.value })} />}
          </Field>
        </Two>
        <Fold title="When data is missing" now={missing[d.on_missing_data][0].toLowerCase()}>
          <Options
            legend="A series that has no sample any more"
            type="radio"
            options={Object.entries(missing).map(([value, [label]]) => ({ value, label }))}
            chosen={[d.on_missing_data]}
            onChange={([to]) => change({ on_missing_data: to as Draft['on_missing_data'] })}
            help={missing[d.on_missing_data][1]}
          />
        </Fold>
        <Fold title="Keep firing" now={Number(d.keep) > 0 ? `${d.keep} min longer` : 'ends at once'}>
          <Field label="Ends only after it was fine for" error={errors.keep} help="So that what flaps is one incident.">
            {(aria) => <Unit {...aria} unit="min" inputMode="decimal" value={d.keep} onChange={(e) => change({ keep: e.target.value })} />}
          </Field>
        </Fold>
      </div>
    </Panel>
  )
}

type Going = Pick<Props, 'draft' | 'change'> & { policies: readonly Policy[]; webhooks: readonly { id: string; name: string }[] }

/** Whom it tells, and in which words. */
export function Where({ draft: d, policies, webhooks, change }: Going) {
  return (
    <Panel title="Where it goes">
      <div className="grid gap-3.5 px-3.5 py-3">
        <Pick
          label="Open an incident"
          help={
            d.create_incident
              ? 'It pages by the policy until somebody acknowledges.'
              : 'Its state is shown here and in Prometheus’ API only.'
          }
          checked={d.create_incident}
          onChange={(e) => change({ create_incident: e.target.checked })}
        />
        {d.create_incident && (
          <>
            <Two>
              <Field label="Severity">
                {(aria) => (
                  <Select {...aria} value={d.severity} onChange={(e) => change({ severity: e.target.value as Draft['severity'] })}>
                    {['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((s) => (
                      <option key={s}>{s}</option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label="Policy">
                {(aria) => (
                  <Select {...aria} value={d.policy_id ?? ''} onChange={(e) => change({ policy_id: e.target.value || null })}>
                    <option value="">The team’s default</option>
                    {policies
                      .filter((p) => !p.is_default)
                      .map((p) => (
                        <option key={p.id} value={p.id}>
                          {p.name}
                        </option>
                      ))}
                  </Select>
                )}
              </Field>
            </Two>
            <Pick
              label="One incident per series"
              checked={d.incident_per_series}
              onChange={(e) => change({ incident_per_series: e.target.checked })}
            />
            <Field label="Summary" aside="optional" help="{{ $labels.job }} and {{ $value | humanize }} are filled in.">
              {(aria) => <TextArea {...aria} rows={2} value={d.summary} onChange={(e) => change({ summary: e.target.value })} />}
            </Field>
          </>
        )}
        {webhooks.length > 0 && (
          <Options
            legend="Webhooks that are told when it fires and when it ends"
            type="checkbox"
            options={webhooks.map((w) => ({ value: w.id, label: w.name }))}
            chosen={d.notify_channels}
            onChange={(notify_channels) => change({ notify_channels })}
          />
        )}
      </div>
    </Panel>
  )
}
