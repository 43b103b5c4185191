import type { UseQueryResult } from '@tanstack/react-query'
import { Copy, RotateCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiError, sentence } from '../api.ts'
import { ago } from '../words.ts'
import { Button } from './button.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { LiveDot, Shape } from './status.tsx'
import { useNow } from './time.tsx'
import { toast } from './toast.tsx'

/** Grey blocks in the final geometry, after 150 ms; from 1 s on it says what is being done. */
export function Skeleton({ rows = 6, saying }: { rows?: number; saying?: string }) {
  return (
    <div className="skeleton grid gap-px p-3.5" role="status" aria-label={saying ?? 'Loading'}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="flex h-(--row-m) items-center gap-4">
          <span className="h-3 w-20 rounded-1 bg-active" />
          <span className="h-3 rounded-1 bg-hover" style={{ width: `${30 + ((i * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  )
}

/** One sentence, one thing to do, and the wait for it made visible. Left-aligned, in the content's place. */
export const EmptyState = ({ title, waiting, children }: { title: string; waiting?: ReactNode; children?: ReactNode }) => (
  <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2.5 px-6 pt-7 pb-[30px] [&>p]:max-w-[640px] [&>p]:text-text-2">
    <h2 className="text-16 font-semibold tracking-[-0.01em]">{title}</h2>
    {children}
    {waiting && (
      <p className="flex items-center gap-2 text-text-3!" role="status">
        <LiveDot />
        {waiting}
      </p>
    )}
  </div>
)

/** A command to copy, whole. */
export function Command({ label, text }: { label: string; text: string }) {
  const copy = () => navigator.clipboard.writeText(text).then(() => toast('Copied'))
  return (
    <div className="mt-1.5 grid w-full max-w-[820px] grid-cols-[minmax(0,1fr)_auto] items-center gap-2 phone:grid-cols-[minmax(0,1fr)]">
      <ScrollBox label={label} className="rounded-2 border border-line-soft bg-sunken">
        <pre className="px-2.5 py-2 font-mono text-12 leading-[18px] [overflow-wrap:anywhere] whitespace-pre-wrap">{text}</pre>
      </ScrollBox>
      <Button icon={Copy} onClick={copy}>
        Copy
      </Button>
    </div>
  )
}

/** What happened, what still works, what to press. Not allowed names the role; the code is there to copy. */
export function ErrorState({ error, retry, retrying }: { error: unknown; retry: () => void; retrying: boolean }) {
  const refused = error instanceof ApiError ? error : null
  const title =
    refused?.status === 403
      ? 'Not allowed'
      : refused?.status === 404
        ? 'There is nothing here'
        : refused?.status === 0
          ? 'No answer'
          : 'This did not load'
  return (
    <div role="alert" className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2.5 px-6 pt-7 pb-[30px]">
      <h2 className="flex items-center gap-2 text-16 font-semibold tracking-[-0.01em]">
        <span className="text-down">
          <Shape state="down" size={16} />
        </span>
        {title}
      </h2>
      <p className="max-w-[640px] text-text-2">{sentence(error)}</p>
      {refused?.requestId && <p className="font-mono text-12 text-text-3">request {refused.requestId}</p>}
      {refused?.status !== 403 && refused?.status !== 404 && <RetryButton retry={retry} retrying={retrying} />}
    </div>
  )
}

const RETRY_S = 15
/** Counts down in view, then asks again by itself. */
function RetryButton({ retry, retrying }: { retry: () => void; retrying: boolean }) {
  const [left, setLeft] = useState(RETRY_S)
  useEffect(() => {
    if (retrying) return setLeft(RETRY_S)
    const timer = setInterval(() => setLeft((s) => s - 1), 1000)
    return () => clearInterval(timer)
  }, [retrying])
  useEffect(() => {
    if (left <= 0 && !retrying) retry()
  }, [left, retrying, retry])
  return (
    <Button icon={RotateCw} onClick={retry} busy={retrying}>
      {retrying ? 'Asking again' : `Try again, by itself in ${Math.max(0, left)} s`}
    </Button>
  )
}

/** The last good data stays, greyed, under a line that says how old it is. */
export function StaleNotice({ query }: { query: Pick<UseQueryResult, 'dataUpdatedAt' | 'error' | 'isRefetchError' | 'refetch'> }) {
  const now = useNow()
  if (!query.isRefetchError) return null
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line-soft bg-idle-soft px-3.5 py-1.5 text-12 text-text-2"
    >
      <span className="flex-1">
        As of {ago(query.dataUpdatedAt, now)}. {sentence(query.error)}
      </span>
      <Button kind="ghost" onClick={() => query.refetch()}>
        Try again
      </Button>
    </div>
  )
}

/** The four forms of everything that loads: skeleton, refusal, last good data with its age, data. */
export function Load<T>({
  query,
  skeleton,
  children,
}: {
  query: UseQueryResult<T>
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}) {
  if (query.data === undefined)
    return query.error ? <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} /> : (skeleton ?? <Skeleton />)
  return (
    <>
      <StaleNotice query={query} />
      <div className={query.isRefetchError ? 'grayscale' : 'contents'}>{children(query.data)}</div>
    </>
  )
}
