import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, sentence } from '../../api.ts'
import { saw, tryUrl } from '../../try.ts'
import { cx } from '../../ui/cx.ts'
import { Shape, toneText } from '../../ui/status.tsx'
import { count } from '../../words.ts'

/** What one look at the address says, under its field, a moment after typing rests. */
export function Seen({ url }: { url: string }) {
  const [settled, setSettled] = useState(url)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(url.trim()), 700)
    return () => clearTimeout(timer)
  }, [url])
  const askable = /^https?:\/\/[^\s/]+/i.test(settled) && URL.canParse(settled)
  const look = useQuery({
    queryKey: ['try', settled],
    queryFn: () => tryUrl(settled, { regions: ['eu'] }),
    enabled: askable,
    retry: false,
    staleTime: 60_000,
  })
  if (!askable) return null
  const first = look.data?.results[0]
  const blocked = look.error instanceof ApiError && look.error.errors[0]?.message
  return (
    <p role="status" className="mt-1.5 flex min-h-4 items-center gap-2 text-12 text-text-2">
      {look.isFetching && 'Looking …'}
      {first && !look.isFetching && (
        <>
          <span className={cx(toneText[first.outcome], '[--knock:var(--raised)]')}>
            <Shape state={first.outcome} />
          </span>
          {saw(first)} from {first.region} in {count(first.response_time_ms)} ms just now.{' '}
          {first.outcome === 'up' ? 'Taken as an HTTP check.' : 'Watched now, it pages at once.'}
        </>
      )}
      {look.error && !look.isFetching && (blocked || sentence(look.error))}
    </p>
  )
}
