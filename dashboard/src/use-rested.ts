import { useEffect, useState } from 'react'

/** What a hand is at, once it has rested for `ms`: nothing is asked at every letter. */
export function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
