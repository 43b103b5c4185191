import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, Pick, Select, TextInput, Two } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import type { Variable } from './wire.ts'

const words = (text: string) =>
  text
    .split(',')
    .map((t) => t.trim())
    .filter(Boolean)

/** The same variable as another kind; what both have stays. */
function as(v: Variable, type: Variable['type']): Variable {
  const { name, label } = v
  const chosen = v.type === 'interval' ? { multi: false, include_all: false } : { multi: v.multi, include_all: v.include_all }
  switch (type) {
    case 'query':
      return { name, label, type, label_name: 'job', match: '', ...chosen, default: [] }
    case 'custom':
      return { name, label, type, values: ['a', 'b'], ...chosen, default: [] }
    case 'interval':
      return { name, label, type, values: ['1m', '5m', '1h'], default: [] }
    default:
      return type satisfies never
  }
}

/** What the filter bar of a board offers; queries speak of it as $name. */
export function EditVariables({
  variables,
  onClose,
  onTake,
}: {
  variables: readonly Variable[]
  onClose: () => void
  onTake: (variables: Variable[]) => void
}) {
  const [all, setAll] = useState<Variable[]>([...variables])
  const change = (i: number, v: Variable) => setAll((now) => now.map((o, j) => (j === i ? v : o)))
  const add = () =>
    setAll((now) => [...now, as({ name: `var${now.length + 1}`, label: '', type: 'interval', values: ['1m'], default: [] }, 'query')])
  const take = () => onTake(all)
  return (
    <Sheet
      title="Variables"
      onClose={onClose}
      dirty={JSON.stringify(all) !== JSON.stringify(variables)}
      consequence="Save the dashboard to keep them"
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
      <div className="grid gap-3 pb-3">
        {all.map((v, i) => (
          <div key={i} className="grid gap-2.5 rounded-2 border border-line-soft p-2.5">
            <Two>
              <Field label="Name" help={`Queries write $${v.name}.`}>
                {(aria) => (
                  <TextInput {...aria} mono value={v.name} onChange={(e) => change(i, { ...v, name: e.target.value.replace(/\W/g, '') })} />
                )}
              </Field>
              <Field label="Kind">
                {(aria) => (
                  <Select {...aria} value={v.type} onChange={(e) => change(i, as(v, e.target.value as Variable['type']))}>
                    <option value="query">values of a label</option>
                    <option value="custom">a list</option>
                    <option value="interval">an interval</option>
                  </Select>
                )}
              </Field>
            </Two>
            {v.type === 'query' ? (
              <Two>
                <Field label="Label">
                  {(aria) => (
                    <TextInput {...aria} mono value={v.label_name} onChange={(e) => change(i, { ...v, label_name: e.target.value })} />
                  )}
                </Field>
                <Field label="of series" aside="optional">
                  {(aria) => (
                    <TextInput
                      {...aria}
                      mono
                      placeholder="up"
                      value={v.match}
                      onChange={(e) => change(i, { ...v, match: e.target.value })}
                    />
                  )}
                </Field>
              </Two>
            ) : (
              <Field label="Values" help="With commas between them.">
                {(aria) => (
                  <TextInput
                    {...aria}
                    mono
                    defaultValue={v.values.join(', ')}
                    onBlur={(e) => change(i, { ...v, values: words(e.target.value) })}
                  />
                )}
              </Field>
            )}
            <div className="flex flex-wrap items-center gap-x-4">
              {v.type !== 'interval' && (
                <>
                  <Pick label="Several at once" checked={v.multi} onChange={(e) => change(i, { ...v, multi: e.target.checked })} />
                  <Pick label="Offer all" checked={v.include_all} onChange={(e) => change(i, { ...v, include_all: e.target.checked })} />
                </>
              )}
              <Button
                kind="ghost"
                icon={Trash2}
                className="ml-auto"
                aria-label={`Remove the variable ${v.name}`}
                onClick={() => setAll((now) => now.filter((_, j) => j !== i))}
              />
            </div>
          </div>
        ))}
        <div>
          <Button icon={Plus} onClick={add}>
            Add a variable
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
