import { useEffect, useRef } from 'react'
import { match, nameOf, SEQUENCE_MS, type Shortcut, worksWhileTyping } from '../keys.ts'
import { prefs } from '../prefs.ts'
import { topDepth, useDepth } from './layer.tsx'

type Entry = { depth: number; shortcuts: { current: readonly Shortcut[] } }
const entries = new Set<Entry>()
let before: { name: string; at: number } | null = null

/** Shortcuts of this component for as long as it is shown. Inside a sheet or dialog only that layer's own work. */
export function useKeys(shortcuts: readonly Shortcut[]): void {
  const depth = useDepth()
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const entry = { depth, shortcuts: latest }
    entries.add(entry)
    return () => {
      entries.delete(entry)
    }
  }, [depth])
}

/** Every shortcut that works now, the page's after the shell's: what `?` lists. */
export const shortcutsNow = (depth = topDepth()): Shortcut[] =>
  [...entries].filter((e) => e.depth === depth).flatMap((e) => e.shortcuts.current)

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)))

/** A focused button or link owns Enter and Space; a shortcut never takes them away. */
const ownsKey = (target: EventTarget | null, name: string): boolean =>
  target instanceof Element &&
  /^(enter|space)$/.test(name) &&
  target.closest('a, button, summary, input, select, textarea, [role=slider]') !== null

function onKeyDown(event: KeyboardEvent) {
  const name = nameOf(event)
  if (!name || event.defaultPrevented) return
  if (isTyping(event.target) && !worksWhileTyping(name)) return
  if (!prefs().letters && /^[a-z[\].?/]$/.test(name)) return
  if (ownsKey(event.target, name)) return
  const recent = before && event.timeStamp - before.at < SEQUENCE_MS ? before.name : null
  before = null
  const { found, pending } = match(shortcutsNow(), recent, name)
  if (pending) before = { name, at: event.timeStamp }
  if (!found) return
  event.preventDefault()
  event.stopPropagation()
  found.run(event)
}

const isChord = (e: KeyboardEvent): boolean => e.metaKey || e.ctrlKey

/** Called once, by main. Chords come before what is focused: ⌘↵ on a menu's button sends the form and opens no menu. */
export function listenToKeys(): void {
  addEventListener('keydown', (e) => isChord(e) && onKeyDown(e), { capture: true })
  addEventListener('keydown', (e) => isChord(e) || onKeyDown(e))
}
