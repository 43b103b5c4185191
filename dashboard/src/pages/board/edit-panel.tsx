import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, Fold, Pick, Select, TextArea, TextInput, Three, Two } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { unitNames } from './units.ts'
import type { Panel, Unit } from './wire.ts'

const kinds: Record<Panel['type'], string> = {
  timeseries: 'Time series', stat: 'Number', gauge: 'Gauge', table: 'Table', bar: 'Bars', heatmap: 'Heat map', text: 'Text',
} // biome-ignore format: a table

/** What a panel shows and how; the board behind it changes when this is taken over, and is saved with the board. */
export function EditPanel({
  panel,
  isNew,
  onClose,
  onTake,
}: {
  panel: Panel
  isNew: boolean
  onClose: () => void
  onTake: (panel: Panel) => void
}) {
  const [p, setP] = useState(panel)
  const change = (patch: Partial<Panel>) => setP((now) => ({ ...now, ...patch }))
  const query = (i: number, patch: Partial<Panel['queries'][number]>) =>
    change({ queries: p.queries.map((q, j) => (j === i ? { ...q, ...patch } : q)) })
  const add = () =>
    change({
      queries: [
        ...p.queries,
        {
          ref: 'ABCDEFGHIJKLMNOPQRST'.split('').find((r) => p.queries.every((q) => q.ref !== r)) ?? 'Z',
          expr: '',
          legend: '',
          instant: false,
          hidden: false,
        },
      ],
    })
  const take = () => onTake(p)
  const number = (text: string) => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text))
  return (
    <Sheet
      title={isNew ? 'New panel' : `Edit ${panel.title || 'panel'}`}
      onClose={onClose}
      dirty={JSON.stringify(p) !== JSON.stringify(panel)}
      consequence="Save the dashboard to keep it"
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" keys="mod+enter" onClick={take}>
            Take over
          </Button>
        </>
      }
    >
      <SubmitKey label="Take over" run={take} />
      <div className="grid gap-3.5 pb-3">
        <Two>
          <Field label="Title">
            {(aria) => <TextInput {...aria} value={p.title} onChange={(e) => change({ title: e.target.value })} />}
          </Field>
          <Field label="Shown as">
            {(aria) => (
              <Select {...aria} value={p.type} onChange={(e) => change({ type: e.target.value as Panel['type'] })}>
                {Object.entries(kinds).map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Two>
        {p.type === 'text' ? (
          <Field label="Text" help="Markdown: headings, lists, **bold**, `code`, links.">
            {(aria) => <TextArea {...aria} rows={10} value={p.text} onChange={(e) => change({ text: e.target.value })} />}
          </Field>
        ) : (
          <>
            {p.queries.map((q, i) => (
              <div key={q.ref} className="grid gap-2 rounded-2 border border-line-soft p-2.5">
                <Field
                  label={`Query ${q.ref}`}
                  aside={
                    <button
                      type="button"
                      aria-label={`Remove query ${q.ref}`}
                      className="grid size-6 place-items-center"
                      onClick={() => change({ queries: p.queries.filter((_, j) => j !== i) })}
                    >
                      <Trash2 size={14} />
                    </button>
                  }
                >
                  {(aria) => (
                    <TextArea
                      {...aria}
                      mono
                      rows={3}
                      spellCheck={false}
                      placeholder="sum by (job) (rate(http_requests_total[$__rate_interval]))"
                      value={q.expr}
                      onChange={(e) => query(i, { expr: e.target.value })}
                    />
                  )}
                </Field>
                <Field label="Legend" help="{{label}} stands for a label; empty: what tells the lines apart.">
                  {(aria) => <TextInput {...aria} mono value={q.legend} onChange={(e) => query(i, { legend: e.target.value })} />}
                </Field>
              </div>
            ))}
            <div>
              <Button icon={Plus} onClick={add}>
                Add a query
              </Button>
            </div>
            <Three>
              <Field label="Unit">
                {(aria) => (
                  <Select {...aria} value={p.unit} onChange={(e) => change({ unit: e.target.value as Unit })}>
                    {Object.entries(unitNames).map(([value, name]) => (
                      <option key={value} value={value}>
                        {name}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label="Of many samples">
                {(aria) => (
                  <Select {...aria} value={p.reduce} onChange={(e) => change({ reduce: e.target.value as Panel['reduce'] })}>
                    {['last', 'mean', 'min', 'max', 'sum'].map((r) => (
                      <option key={r}>{r}</option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label="Decimals" aside="optional">
                {(aria) => (
                  <TextInput
                    {...aria}
                    inputMode="numeric"
                    value={p.decimals ?? ''}
                    onChange={(e) => change({ decimals: number(e.target.value) })}
                  />
                )}
              </Field>
            </Three>
            <Fold
              title="Thresholds and axis"
              now={p.thresholds.length ? p.thresholds.map((t) => t.value).join(', ') : 'none'}
              open={p.thresholds.length > 0}
            >
              {p.thresholds.map((t, i) => (
                <div key={i} className="flex items-end gap-2">
                  <Field label="From" className="flex-1">
                    {(aria) => (
                      <TextInput
                        {...aria}
                        inputMode="decimal"
                        defaultValue={t.value}
                        onBlur={(e) =>
                          change({ thresholds: p.thresholds.map((o, j) => (j === i ? { ...o, value: number(e.target.value) ?? 0 } : o)) })
                        }
                      />
                    )}
                  </Field>
                  <Field label="It is" className="flex-1">
                    {(aria) => (
                      <Select
                        {...aria}
                        value={t.tone}
                        onChange={(e) =>
                          change({
                            thresholds: p.thresholds.map((o, j) => (j === i ? { ...o, tone: e.target.value as typeof t.tone } : o)),
                          })
                        }
                      >
                        <option value="up">fine</option>
                        <option value="warn">a warning</option>
                        <option value="down">trouble</option>
                      </Select>
                    )}
                  </Field>
                  <Button
                    icon={Trash2}
                    kind="ghost"
                    aria-label="Remove this threshold"
                    onClick={() => change({ thresholds: p.thresholds.filter((_, j) => j !== i) })}
                  />
                </div>
              ))}
              <div>
                <Button icon={Plus} onClick={() => change({ thresholds: [...p.thresholds, { value: 0, tone: 'down' }] })}>
                  Add a threshold
                </Button>
              </div>
              <Two>
                <Field label="Axis from" aside="optional">
                  {(aria) => (
                    <TextInput
                      {...aria}
                      inputMode="decimal"
                      defaultValue={p.min ?? ''}
                      onBlur={(e) => change({ min: number(e.target.value) })}
                    />
                  )}
                </Field>
                <Field label="to" aside="optional">
                  {(aria) => (
                    <TextInput
                      {...aria}
                      inputMode="decimal"
                      defaultValue={p.max ?? ''}
                      onBlur={(e) => change({ max: number(e.target.value) })}
                    />
                  )}
                </Field>
              </Two>
              <Pick
                label="Stacked"
                help="Lines stand on each other, filled."
                checked={p.stacked}
                onChange={(e) => change({ stacked: e.target.checked })}
              />
            </Fold>
          </>
        )}
        <Two>
          <Field label="Section" aside="optional" help="Panels of one section stand together and fold.">
            {(aria) => <TextInput {...aria} value={p.section} onChange={(e) => change({ section: e.target.value })} />}
          </Field>
          <Field label="Description" aside="optional">
            {(aria) => <TextInput {...aria} value={p.description} onChange={(e) => change({ description: e.target.value })} />}
          </Field>
        </Two>
      </div>
    </Sheet>
  )
}
