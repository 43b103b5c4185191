import { Pause, Play, RotateCw, X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { clock, count } from '../../words.ts'
import type { TailState } from './tail.ts'
import type { Histogram } from './wire.ts'

/** The counts of the range, and what the list under it shows. */
export function Bar({
  answer,
  loaded,
  chosen,
  tail,
  asOf,
  zone,
  onClear,
  onRefresh,
  onPause,
  onResume,
}: {
  answer: Histogram | undefined
  loaded: { lines: number; more: boolean; busy: boolean } | null
  /** Lines inside the chosen window; null when none is chosen. */
  chosen: number | null
  tail: TailState | null
  asOf: number
  zone: string
  onClear: () => void
  onRefresh: (() => void) | null
  onPause: () => void
  onResume: () => void
}) {
  const sum = (of: 'error' | 'warn' | 'rest') => answer?.buckets.reduce((n, b) => n + b[of], 0) ?? 0
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3.5 gap-y-1.5 border-y border-line bg-surface px-4 py-1.5 text-12 text-text-2">
      {answer && (
        <>
          <Count name="error" n={sum('error')} swatch="bg-down-solid" />
          <Count name="warn" n={sum('warn')} swatch="bg-warn-solid" />
          <Count name="other" n={sum('rest')} swatch="bg-idle-line" />
        </>
      )}
      <span className="ml-auto text-right phone:ml-0" role="status">
        {tail ? <TailSaid tail={tail} /> : loaded && <LoadedSaid loaded={loaded} total={answer?.total ?? null} chosen={chosen} />}
      </span>
      {chosen !== null && (
        <Button icon={X} keys="escape" onClick={onClear}>
          Clear
        </Button>
      )}
      {tail &&
        (tail.paused ? (
          <Button icon={Play} keys="space" onClick={onResume}>
            {tail.newer > 0 ? `${count(tail.newer)} newer · Go on` : 'Go on'}
          </Button>
        ) : (
          <Button icon={Pause} keys="space" onClick={onPause}>
            Pause
          </Button>
        ))}
      {onRefresh && (
        <Button kind="ghost" icon={RotateCw} keys="." onClick={onRefresh} aria-label={`As of ${clock(asOf, zone)}. Ask again, key .`}>
          <span className="phone:hidden">as of {clock(asOf, zone)}</span>
        </Button>
      )}
    </div>
  )
}

const Count = ({ name, n, swatch }: { name: string; n: number; swatch: string }) => (
  <span className="flex items-center gap-[7px] whitespace-nowrap">
    <span aria-hidden="true" className={cx('size-[9px] rounded-[2px]', swatch)} />
    {name} {count(n)}
  </span>
)

function LoadedSaid({
  loaded: { lines, more, busy },
  total,
  chosen,
}: {
  loaded: { lines: number; more: boolean; busy: boolean }
  total: number | null
  chosen: number | null
}) {
  const of = chosen ?? total
  const where = chosen !== null && total !== null ? `${count(chosen)} of ${count(total)} lines, chosen on the chart` : null
  if (busy) return <>{lines ? `${count(lines)} lines, loading older ones` : 'Searching'}</>
  if (where) return <>{where}</>
  return <>{more ? `newest ${count(lines)} of ${of === null ? 'more' : count(of)} lines, scroll up for older` : `${count(lines)} lines`}</>
}

const TailSaid = ({ tail }: { tail: TailState }) => {
  if (tail.socket === 'lost') return <span className="text-warn">The live tail does not answer. It goes on from here by itself.</span>
  if (tail.socket === 'connecting') return <>Connecting</>
  return (
    <>
      {tail.paused ? 'Paused' : `${count(tail.rate)} lines/s match`}
      {' · '}
      {tail.skipped > 0 ? `${count(tail.skipped)} not shown, too fast to read; all are stored` : 'nothing skipped'}
    </>
  )
}
