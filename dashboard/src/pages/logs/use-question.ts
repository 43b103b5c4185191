import { useEffect, useMemo, useRef, useState } from 'react'
import { parseSearch, type Unreadable } from '../../../../shared/logs/search/parse.ts'
import { ApiError } from '../../api.ts'

const PAUSE_MS = 500

/**
 * What is typed, and what is asked: a search that can be read is asked half a second after the last key, or at once by `run`.
 * `meant` is the address's search; it wins when it changes elsewhere (Back, a pressed value).
 */
export function useQuestion(meant: string, ask: (query: string, typing: boolean) => void) {
  const [typed, setTyped] = useState(meant)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(ask)
  latest.current = ask
  const mine = useRef(meant)
  useEffect(() => {
    if (mine.current === meant) return
    mine.current = meant
    clearTimeout(timer.current)
    setTyped(meant)
  }, [meant])
  useEffect(() => () => clearTimeout(timer.current), [])
  const read = useMemo(() => parseSearch(typed), [typed])
  const asks = (query: string, typing: boolean) => {
    clearTimeout(timer.current)
    mine.current = query.trim()
    latest.current(query.trim(), typing)
  }
  return {
    typed,
    wrong: 'unreadable' in read ? read.unreadable : null,
    type: (text: string) => {
      setTyped(text)
      clearTimeout(timer.current)
      if ('search' in parseSearch(text)) timer.current = setTimeout(() => asks(text, true), PAUSE_MS)
    },
    run: () => {
      if ('search' in read) asks(typed, false)
    },
  }
}

/** Where the API could not read the search: what parse.ts lets pass, a pattern above all. */
export function refusedAt(error: unknown): Unreadable | null {
  if (!(error instanceof ApiError) || error.code !== 'invalid') return null
  const found = error.errors.find((e) => e.path === 'query') as { message: string; at?: number } | undefined
  return found ? { message: found.message, at: found.at ?? 0 } : null
}
