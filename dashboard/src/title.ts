import { useEffect, useSyncExternalStore } from 'react'

let title = ''
const listeners = new Set<() => void>()

/** The page's part of the tab's title. */
export function useTitle(text: string): void {
  useEffect(() => {
    title = text
    for (const tell of listeners) tell()
  }, [text])
}

/** The whole title and the tab's icon: "(1) Overview · Demo · Tocsin". Stands once, in the state line. */
export function useTabTitle({ open, team, sign }: { open: number; team: string; sign: 'up' | 'ack' | 'down' }): void {
  const page = useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => title,
  )
  useEffect(() => {
    document.title = `${open ? `(${open}) ` : ''}${[page, team, 'Tocsin'].filter(Boolean).join(' · ')}`
    document.getElementById('favicon')?.setAttribute('href', sign === 'up' ? '/favicon.svg' : `/favicon-${sign}.svg`)
  }, [open, page, team, sign])
}
