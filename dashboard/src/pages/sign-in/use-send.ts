import { useState } from 'react'

/** Sends once at a time and keeps the refusal until the next try. */
export function useSend(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      await send()
      // the page is about to be left: stay busy
    } catch (e) {
      setError(e)
      setBusy(false)
    }
  }
  return { busy, error, run, setBusy, clear: () => setError(null) }
}
