import { useSyncExternalStore } from 'react'
import { useZone } from '../prefs.ts'
import { ago, dayAndClock, duration, moment } from '../words.ts'

type Ticker = { now: number; subscribe: (listener: () => void) => () => void; read: () => number }
const tickers = new Map<number, Ticker>()

function tickerOf(everyMs: number): Ticker {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    ticker.now = Date.now()
    for (const tell of listeners) tell()
  }
  const ticker: Ticker = {
    now: Date.now(),
    read: () => ticker.now,
    subscribe: (listener) => {
      if (!listeners.size) {
        ticker.now = Date.now()
        timer = setInterval(tick, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (!listeners.size) clearInterval(timer)
      }
    },
  }
  return ticker
}

/** The present, renewed every `everyMs`; all that ask for the same step share one timer. */
export function useNow(everyMs = 1000): number {
  const ticker = tickers.get(everyMs) ?? tickerOf(everyMs)
  tickers.set(everyMs, ticker)
  return useSyncExternalStore(ticker.subscribe, ticker.read)
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

/** "today 14:13", "4 Nov 03:10"; hovering gives the seconds and the zone. */
export function When({ at }: { at: string }) {
  const now = useNow(10_000)
  const zone = useZone()
  const t = Date.parse(at)
  return (
    <time dateTime={at} title={moment(t, zone, now)} className="whitespace-nowrap">
      {dayAndClock(t, zone, now)}
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
