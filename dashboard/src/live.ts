import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { teamSpokenOf } from './api.ts'
import type { Frame } from './wire.ts'

const PING_MS = 25_000
const ANSWER_MS = 5_000
const BACKOFF_MIN_MS = 500
const BACKOFF_MAX_MS = 15_000
/** Frames of a burst are gathered, so that a storm costs one refetch per list and not one per frame. */
const GATHER_MS = 60

/** First words of the query keys that a frame of this type makes old; the second word of `one` is the object's id. */
export const touches = {
  monitor: { lists: ['monitors', 'overview'], one: ['monitor'] },
  incident: { lists: ['incidents', 'monitors', 'overview'], one: ['incident'] },
  'status-page': { lists: ['status-pages'], one: ['status-page'] },
  policy: { lists: ['policies'], one: ['policy'] },
  alert: { lists: ['alerts'], one: ['alert'] },
  dashboard: { lists: ['dashboards'], one: ['dashboard'] },
  team: { lists: ['members', 'invitations', 'api-keys', 'webhooks', 'session'], one: [] },
} satisfies Record<Frame['type'], { lists: readonly string[]; one: readonly string[] }>

let connected = true
const listeners = new Set<() => void>()
/** False while updates do not arrive: pages say so and go on with what they have. */
export const useConnected = (): boolean =>
  useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => connected,
  )
function setConnected(now: boolean) {
  if (now === connected) return
  connected = now
  for (const tell of listeners) tell()
}

/** Keeps a socket to `/api/live` open for as long as the page is; returns how to stop. After every connect everything shown is fetched again. */
export function watchLive(client: QueryClient): () => void {
  let socket: WebSocket | undefined
  let tries = 0
  let timers: ReturnType<typeof setTimeout>[] = []
  let stopped = false
  const gathered = new Map<string, readonly string[]>()

  const later = (ms: number, run: () => void) => timers.push(setTimeout(run, ms))
  const clear = () => {
    for (const t of timers) clearTimeout(t)
    timers = []
  }

  function open() {
    clear()
    const team = teamSpokenOf()
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live${team ? `?team=${team}` : ''}`)
    socket.onopen = () => {
      tries = 0
      setConnected(true)
      client.invalidateQueries() // what changed between the last answer and now sent its frame to nobody
      beat()
    }
    socket.onmessage = ({ data }) => {
      if (data === 'pong') {
        clear()
        beat()
      } else take(String(data))
    }
    socket.onclose = () => {
      clear()
      setConnected(false)
      if (stopped) return
      const wait = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** tries++)
      later(wait * (0.5 + Math.random() / 2), open)
    }
  }

  /** A socket that does not answer a ping is dead, whatever the browser believes. */
  function beat() {
    later(PING_MS, () => {
      socket?.send('ping')
      later(ANSWER_MS, () => socket?.close())
    })
  }

  function take(text: string) {
    const frame = readFrame(text)
    if (!frame) return
    const { lists, one } = touches[frame.type]
    if (!gathered.size) setTimeout(flush, GATHER_MS)
    for (const name of lists) gathered.set(name, [name])
    for (const name of one) gathered.set(`${name} ${frame.id}`, [name, frame.id])
  }

  function flush() {
    const keys = [...gathered.values()]
    gathered.clear()
    for (const queryKey of keys) client.invalidateQueries({ queryKey })
  }

  /** A laptop that wakes up, or a network that comes back, does not wait for the backoff. */
  const wake = () => {
    if (document.visibilityState === 'visible' && socket?.readyState === WebSocket.CLOSED) {
      tries = 0
      open()
    }
  }
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  open()
  return () => {
    stopped = true
    clear()
    removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    socket?.close()
  }
}

/** A frame of a later release, or none at all, is ignored. */
export function readFrame(text: string): Frame | null {
  try {
    const frame = JSON.parse(text) as Frame
    return Object.hasOwn(touches, frame.type) && typeof frame.id === 'string' ? frame : null
  } catch {
    return null
  }
}
