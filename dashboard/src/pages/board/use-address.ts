import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import type { Search } from '../../url.ts'

/** The variables that an address names (`var-<name>`, several values by commas), and how another choice gets there. */
export function useVarsOfAddress(given: Search): {
  vars: Record<string, string>
  setVar: (name: string, values: readonly string[]) => void
} {
  const navigate = useNavigate()
  const vars = useMemo(
    () => Object.fromEntries(Object.entries(given).flatMap(([k, v]) => (k.startsWith('var-') ? [[k.slice(4), v]] : []))),
    [given],
  )
  const setVar = (name: string, values: readonly string[]) =>
    void navigate({ to: '.', search: ((now: Search) => ({ ...now, [`var-${name}`]: values.join(',') })) as never, resetScroll: false })
  return { vars, setVar }
}

/** Asks again every so many seconds while the range ends now (`live`, its length) and somebody can see it; 0 never does. */
export function useAskAgain(everyS: number, live: string | null, setAsOf: (at: number) => void) {
  useEffect(() => {
    if (!everyS || !live) return
    const timer = setInterval(() => document.visibilityState === 'visible' && setAsOf(Date.now()), everyS * 1000)
    return () => clearInterval(timer)
  }, [everyS, live, setAsOf])
}
