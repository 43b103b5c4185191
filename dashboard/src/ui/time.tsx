import { useSyncExternalStore } from 'react'
import { useZone } from '../prefs.ts'
import { ago, dayAndClock, duration, moment } from '../words.ts'

const tickers = new Map<number, { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined }>()

/** The present, renewed every `everyMs`; all that ask for the same step share one timer. */
export function useNow(everyMs = 1000): number {
  const ticker = tickers.get(everyMs) ?? { now: Date.now(), listeners: new Set(), timer: undefined }
  tickers.set(everyMs, ticker)
  return useSyncExternalStore(
    (listener) => {
      ticker.listeners.add(listener)
      ticker.now = Date.now()
      ticker.timer ??= setInterval(() => {
        ticker.now = Date.now()
        for (const tell of ticker.listeners) tell()
      }, everyMs)
      return () => {
        ticker.listeners.delete(listener)
        if (ticker.listeners.size) return
        clearInterval(ticker.timer)
        ticker.timer = undefined
      }
    },
    () => ticker.now,
  )
}

/** "4 s ago"; hovering gives the instant with its zone. */
export function Ago({ at }: { at: string }) {
  const now = useNow()
  const zone = useZone()
  const t = Date.parse(at)
  return (
    <time dateTime={at} title={moment(t, zone, now)} className="whitespace-nowrap">
      {now - t > 86_400_000 * 2 ? dayAndClock(t, zone, now) : ago(t, now)}
    </time>
  )
}

/** "18 m 04 s", counting. */
export function Since({ at, until }: { at: string; until?: string | null }) {
  const now = useNow()
  const ms = Math.max(0, (until ? Date.parse(until) : now) - Date.parse(at))
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {duration(Math.floor(ms / 1000) * 1000 || ms)}
    </time>
  )
}
