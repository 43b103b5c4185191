import { useMemo } from 'react'
import { clockSteps } from '../../scale.ts'
import { useGo } from '../../ui/link.tsx'
import { clock } from '../../words.ts'
import { took } from '../logs/numbers.ts'
import { place, ruler } from './ruler.ts'
import type { TraceLine } from './wire.ts'

const HEIGHT = 140

/** Every trace of the list as a dot: when, and how long on a scale of powers of ten; errors are octagons. The table under it says the same. */
export function Scatter({ traces, range, zone }: { traces: readonly TraceLine[]; range: { from: number; to: number }; zone: string }) {
  const go = useGo()
  const scale = useMemo(() => ruler(traces.map((t) => t.duration_ms)), [traces])
  const failed = traces.filter((t) => t.errors > 0).length
  const times = clockSteps(range.from / 1000, range.to / 1000, 1000, 170, 0)
  return (
    <div className="px-3.5 pt-3 pb-1">
      <div
        role="img"
        aria-label={`${traces.length} traces by time and duration, ${failed} with errors, between ${took(scale.low)} and ${took(scale.high)}`}
        className="relative ml-14 border-b border-line"
        style={{ height: HEIGHT }}
      >
        {scale.ticks.map((ms) => (
          <span key={ms} className="absolute inset-x-0 border-t border-line-soft" style={{ bottom: `${place(ms, scale) * 100}%` }}>
            <span className="absolute right-full -translate-y-1/2 pr-2 text-11 whitespace-nowrap text-text-3">{took(ms)}</span>
          </span>
        ))}
        {traces.map((t) => {
          const x = (Date.parse(t.started_at) - range.from) / (range.to - range.from)
          if (x < 0 || x > 1) return null
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the table has the links
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <span
              key={t.trace_id}
              onClick={() => go(`/traces/${t.trace_id}`)}
              title={`${t.operation}, ${took(t.duration_ms)}`}
              className={
                t.errors
                  ? 'absolute z-1 size-[7px] -translate-x-1/2 translate-y-1/2 cursor-pointer bg-down-solid [clip-path:polygon(30%_0,70%_0,100%_30%,100%_70%,70%_100%,30%_100%,0_70%,0_30%)]'
                  : 'absolute size-[5px] -translate-x-1/2 translate-y-1/2 cursor-pointer rounded-full bg-s1'
              }
              style={{ left: `${x * 100}%`, bottom: `${place(t.duration_ms, scale) * 100}%` }}
            />
          )
        })}
      </div>
      <div className="relative ml-14 h-[18px] text-11 leading-[18px] text-text-3" aria-hidden="true">
        {times.map((s) => (
          <span
            key={s}
            className="absolute -translate-x-1/2 phone:[&:nth-child(even)]:hidden"
            style={{ left: `clamp(16px, ${((s * 1000 - range.from) / (range.to - range.from)) * 100}%, calc(100% - 16px))` }}
          >
            {clock(s * 1000, zone, false)}
          </span>
        ))}
      </div>
    </div>
  )
}
