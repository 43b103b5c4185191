import { Clock } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { fromInstants, type Range } from '../../range.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Layer } from '../../ui/layer.tsx'
import { clock, day } from '../../words.ts'
import { lengths } from './view.ts'

type Change = { from: string; to: string }

/** "Last 30 m", or two instants in the page's zone. */
export function RangePicker({
  range,
  zone,
  now,
  disabled,
  onChange,
}: {
  range: Range
  zone: string
  now: number
  disabled?: boolean
  onChange: (to: Change) => void
}) {
  const [open, setOpen] = useState(false)
  const take = (to: Change) => {
    onChange(to)
    setOpen(false)
  }
  return (
    <Popover.Root open={open} onOpenChange={(o) => setOpen(o && !disabled)}>
      <Popover.Trigger asChild>
        <Button icon={Clock} disabled={disabled ?? false} className="h-[34px] pointer-coarse:h-11">
          <span className="sr-only">Time range: </span>
          {said(range, zone, now)}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          aria-label="Time range"
          className="enter-pop z-40 w-[min(320px,calc(100vw-32px))] rounded-3 bg-raised p-1 shadow-pop outline-none"
        >
          <Layer>
            <div className="grid grid-cols-2 gap-px">
              {lengths.map((length) => (
                <button
                  key={length}
                  type="button"
                  aria-pressed={range.live === length}
                  onClick={() => take({ from: `-${length}`, to: '' })}
                  className="flex h-8 items-center rounded-2 px-2 hover:bg-hover aria-pressed:bg-active aria-pressed:font-550 pointer-coarse:h-11"
                >
                  {last(length)}
                </button>
              ))}
            </div>
            <Instants key={`${range.from} ${range.to}`} range={range} zone={zone} onTake={take} />
          </Layer>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

const last = (length: string) => `Last ${length.slice(0, -1)} ${length.at(-1)}`

function said(range: Range, zone: string, now: number): string {
  if (range.live) return last(range.live)
  const [a, b] = [day(range.from, zone, now), day(range.to, zone, now)]
  const short = range.to - range.from > 600_000
  const time = (at: number) => clock(at, zone, !short)
  const today = a === b && a === day(now, zone, now)
  return today ? `${time(range.from)} – ${time(range.to)}` : `${a} ${time(range.from)} – ${a === b ? '' : `${b} `}${time(range.to)}`
}

/** Two fields in this browser's own clock; the zone is named when it is another than the page's. */
function Instants({ range, zone, onTake }: { range: Range; zone: string; onTake: (to: Change) => void }) {
  const [from, setFrom] = useState(localOf(range.from))
  const [to, setTo] = useState(localOf(range.to))
  const [error, setError] = useState('')
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const [a, b] = [new Date(from).getTime(), new Date(to).getTime()]
    if (!(a < b)) return setError('The end comes after the start.')
    onTake(fromInstants(a, b))
  }
  return (
    <form onSubmit={submit} noValidate className="mt-1 grid gap-2 border-t border-line-soft p-2">
      <Field label="From" aside={here === zone ? undefined : here}>
        {(aria) => <TextInput {...aria} type="datetime-local" step="1" value={from} onChange={(e) => setFrom(e.target.value)} />}
      </Field>
      <Field label="To" error={error}>
        {(aria) => <TextInput {...aria} type="datetime-local" step="1" value={to} onChange={(e) => setTo(e.target.value)} />}
      </Field>
      <Button type="submit">Show</Button>
    </form>
  )
}

const localOf = (at: number): string => {
  const d = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return d.toISOString().slice(0, 19)
}
