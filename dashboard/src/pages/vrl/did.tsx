import { Note } from '../../ui/panel.tsx'
import { Shape } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import { count, plural } from '../../words.ts'
import type { SourceHealth } from '../sources/queries.ts'

/** What the saved program did to what arrived in the last day, besides transforming it. */
export function Did({ did }: { did: SourceHealth['vrl'] }) {
  const failed = did.filter((d) => d.outcome === 'error')
  const left = did.filter((d) => d.outcome === 'dropped').reduce((n, d) => n + d.count, 0)
  if (!failed.length && !left) return null
  const total = failed.reduce((n, d) => n + d.count, 0)
  return failed.length ? (
    <Note tone="warn" icon={<Shape state="degraded" />}>
      <b>{plural(total, 'event')} made the program fail in the last day.</b> {total === 1 ? 'It was' : 'They were'} stored as{' '}
      {total === 1 ? 'it' : 'they'} came, marked _tocsin.vrl_error.
      {failed.slice(0, 3).map((f) => (
        <span key={f.message} className="mt-1 block">
          {count(f.count)} ×, last <Ago at={f.last} />: <code className="font-mono [overflow-wrap:anywhere]">{f.message}</code>
        </span>
      ))}
      {left > 0 && <span className="mt-1 block">{plural(left, 'event')} left out.</span>}
    </Note>
  ) : (
    <Note>{plural(left, 'event')} left out in the last day, as the program says.</Note>
  )
}
