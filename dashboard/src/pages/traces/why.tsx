import { useQuery } from '@tanstack/react-query'
import { Panel } from '../../ui/panel.tsx'
import { count } from '../../words.ts'
import { percent, took } from '../logs/numbers.ts'
import { compareQuery } from './queries.ts'

/** What slow traces like this one have that quick ones have not. Nothing is shown of a trace that is not slow. */
export function WhySlow({ trace }: { trace: string }) {
  const { data } = useQuery(compareQuery(trace))
  if (!data?.data.length) return null
  return (
    <Panel title="Why slow?" sub={`${count(data.slow)} slow ones against ${count(data.quick)} up to ${took(data.typical_ms)}`}>
      <ul className="text-12 leading-5">
        {data.data.map((d, i) => (
          <li key={i} className="border-t border-line-soft px-3.5 py-2 first:border-t-0">
            <span className="block font-mono [overflow-wrap:anywhere]">
              {d.name} = {d.value}
            </span>
            <span className="text-text-2">
              {percent(d.slow_share)} of the slow, {percent(d.quick_share)} of the quick
            </span>
            <span aria-hidden="true" className="mt-0.5 block h-[3px] rounded-full bg-line-soft">
              <span className="block h-full rounded-full bg-s1" style={{ width: `${d.slow_share * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
