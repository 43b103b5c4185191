import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const Depth = createContext(0)
let open = 0

/** How many layers (sheets, dialogs, the palette) lie over the page this component is on. Shortcuts work in the top one only. */
export const useDepth = (): number => useContext(Depth)
export const topDepth = (): number => open

/** Everything inside belongs to a layer of its own, for as long as it is shown. */
export function Layer({ children }: { children: ReactNode }) {
  const depth = useContext(Depth) + 1
  const [counted, setCounted] = useState(false)
  useEffect(() => {
    open = Math.max(open, depth)
    setCounted(true)
    return () => {
      open = depth - 1
    }
  }, [depth])
  void counted
  return <Depth value={depth}>{children}</Depth>
}
