import { useSyncExternalStore } from 'react'

/** Which of the shell's layers is open; the palette may open with words already in it. */
type Open = { layer: 'palette'; words: string } | { layer: 'shortcuts' } | null
let open: Open = null
const listeners = new Set<() => void>()
function set(next: Open) {
  open = next
  for (const tell of listeners) tell()
}

export const openPalette = (words = ''): void => set({ layer: 'palette', words })
export const openShortcuts = (): void => set({ layer: 'shortcuts' })
export const closeLayer = (): void => set(null)
export const useOpenLayer = (): Open =>
  useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => open,
  )
