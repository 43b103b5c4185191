import { teamSpokenOf } from '../../api.ts'
import { appended, idOf, KEPT } from './lines.ts'
import type { LogRow, TailFrame } from './wire.ts'

export type TailState = {
  /** `lost`: no answer for now; it goes on by itself from where it stopped. */
  socket: 'connecting' | 'open' | 'lost'
  /** Shown, oldest first. */
  rows: readonly LogRow[]
  /** Lines that came while paused; at most KEPT of them are kept. */
  newer: number
  /** Lines that came too fast to be sent; all of them are stored. */
  skipped: number
  /** Lines a second over the last seconds. */
  rate: number
  paused: boolean
}

const BACKOFF_MIN_MS = 500
const BACKOFF_MAX_MS = 15_000
const RATE_OVER_MS = 5_000
const initial: TailState = { socket: 'connecting', rows: [], newer: 0, skipped: 0, rate: 0, paused: false }

/** Follows the live tail of one question; `stop` ends it. Reconnects resume after the last frame, so nothing comes twice. */
export function follow(query: string, sources: readonly string[]) {
  let state = initial
  let held: LogRow[] = []
  let cursor = ''
  let tries = 0
  let stopped = false
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let recent: { at: number; n: number }[] = []
  const listeners = new Set<() => void>()
  const set = (patch: Partial<TailState>) => {
    state = { ...state, ...patch }
    for (const tell of listeners) tell()
  }

  function open() {
    const params = new URLSearchParams()
    if (query) params.set('query', query)
    if (sources.length) params.set('source_ids', sources.join(','))
    if (cursor) params.set('after', cursor)
    const team = teamSpokenOf()
    if (team) params.set('team', team)
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/logs/live-tail?${params}`)
    socket.onmessage = ({ data }) => take(String(data))
    socket.onclose = () => {
      if (stopped) return
      set({ socket: tries > 0 ? 'lost' : 'connecting', rate: 0 })
      timer = setTimeout(open, Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** tries++) * (0.5 + Math.random() / 2))
    }
  }

  function take(text: string) {
    const frame = readFrame(text)
    if (!frame) return
    tries = 0
    if (frame.type === 'ready') return set({ socket: 'open' })
    cursor = frame.cursor || cursor
    const now = Date.now()
    recent = [...recent.filter((r) => now - r.at < RATE_OVER_MS), { at: now, n: frame.events.length + frame.dropped }]
    const over = Math.max(1000, now - recent[0]!.at)
    const rate = Math.round((recent.reduce((sum, r) => sum + r.n, 0) / over) * 1000)
    const skipped = state.skipped + frame.dropped
    if (state.paused) {
      held = appended(held, frame.events)
      set({ socket: 'open', rate, skipped, newer: state.newer + frame.events.length })
    } else set({ socket: 'open', rate, skipped, rows: appended(state.rows, frame.events) })
  }

  open()
  return {
    read: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    pause: () => !state.paused && set({ paused: true }),
    resume: () => {
      if (!state.paused) return
      const rows = state.newer > KEPT ? held : appended(state.rows, held)
      held = []
      set({ paused: false, newer: 0, rows })
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}
export type Following = ReturnType<typeof follow>

/** Frames of a later release are ignored. */
export function readFrame(text: string): TailFrame | null {
  try {
    const frame = JSON.parse(text) as TailFrame
    if (frame.type === 'ready') return frame
    return frame.type === 'events' && Array.isArray(frame.events) ? { ...frame, dropped: frame.dropped || 0 } : null
  } catch {
    return null
  }
}

/** What was found, then what the tail sent since; a line that both have stands once. */
export function joined(found: readonly LogRow[], tail: readonly LogRow[]): LogRow[] {
  if (!tail.length) return [...found]
  const last = found.at(-1)?.timestamp
  // only lines as old as the newest found can be in both
  const known = new Set(last === undefined ? [] : found.slice(-KEPT).map(idOf))
  return [...found, ...tail.filter((row) => row.timestamp > last! || !known.has(idOf(row)))]
}
