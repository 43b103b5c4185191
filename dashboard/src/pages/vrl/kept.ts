import { useState } from 'react'

const KEPT_MAX = 20
const CHARS_MAX = 200_000
const place = (source: string) => `tocsin.vrl-tests.${source}`

/** Events that somebody keeps to try every program of a source on; they live in this browser, as what they hold may be nobody else's business. */
export function useKept(source: string): [unknown[], (events: unknown[]) => void] {
  const [kept, setKept] = useState(() => read(localStorage.getItem(place(source))))
  return [
    kept,
    (events) => {
      const next = events.slice(-KEPT_MAX)
      setKept(next)
      try {
        localStorage.setItem(place(source), JSON.stringify(next))
      } catch {
        // no room, or not allowed: they last as long as the page
      }
    },
  ]
}

/** What is in storage may be anything. */
export function read(text: string | null): unknown[] {
  if (!text || text.length > CHARS_MAX) return []
  try {
    const found: unknown = JSON.parse(text)
    return Array.isArray(found) ? found.slice(-KEPT_MAX) : []
  } catch {
    return []
  }
}
