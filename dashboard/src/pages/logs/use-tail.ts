import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Following, follow, type TailState } from './tail.ts'

const nothing = () => () => {}

/** The live tail of a question while `on`; a new question is a new tail. */
export function useTail(on: boolean, query: string, sources: readonly string[]): (TailState & Pick<Following, 'pause' | 'resume'>) | null {
  const [following, setFollowing] = useState<Following | null>(null)
  const ids = sources.join()
  useEffect(() => {
    if (!on) return
    const made = follow(query, ids ? ids.split(',') : [])
    setFollowing(made)
    return () => {
      made.stop()
      setFollowing(null)
    }
  }, [on, query, ids])
  const state = useSyncExternalStore(following?.subscribe ?? nothing, () => following?.read() ?? null)
  return state && following ? { ...state, pause: following.pause, resume: following.resume } : null
}
