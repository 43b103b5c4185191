import { useSyncExternalStore } from 'react'
import type { Profile } from '../../shared/auth/schema.ts'

/** How this browser shows things. The first four are the profile's, kept here too so that the first paint is right. */
export type Prefs = {
  theme: Profile['theme']
  density: Profile['density']
  /** IANA; null: the browser's own. */
  zone: string | null
  /** Single-letter shortcuts. */
  letters: boolean
  nav: 'full' | 'slim'
  /** Columns of lists that this person does not want to see. */
  hiddenColumns: string[]
  /** The checklist on Overview was hidden. */
  hideChecklist: boolean
}

const initial: Prefs = {
  theme: 'system',
  density: 'pointer',
  zone: null,
  letters: true,
  nav: 'full',
  hiddenColumns: [],
  hideChecklist: false,
}
const KEY = 'tocsin.prefs'
const listeners = new Set<() => void>()
let current = read()

function read(): Prefs {
  try {
    return { ...initial, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return initial
  }
}

export const prefs = (): Prefs => current
export const usePrefs = (): Prefs => useSyncExternalStore(subscribe, prefs)
/** The zone every time of this page is shown in. */
export const useZone = (): string => zoneOf(usePrefs())
export const zoneOf = (p: Prefs): string =>
  new URLSearchParams(location.search).get('tz') ?? p.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

export function setPrefs(patch: Partial<Prefs>): void {
  current = { ...current, ...patch }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // a browser that stores nothing still follows the choice until the page is left
  }
  applyPrefs()
  for (const tell of listeners) tell()
}

/** What the profile says wins over what this browser remembers. */
export const followProfile = ({ theme, density, timezone, shortcuts }: Profile): void =>
  setPrefs({ theme, density, zone: timezone || null, letters: shortcuts })

/** Scheme and density as attributes of the document; `?theme=` of the address wins. */
export function applyPrefs(): void {
  const root = document.documentElement
  const theme = new URLSearchParams(location.search).get('theme') ?? current.theme
  set(root, 'theme', theme === 'light' || theme === 'dark' ? theme : undefined)
  set(root, 'density', current.density === 'pointer' ? undefined : current.density)
  set(root, 'nav', current.nav === 'slim' ? 'slim' : undefined)
}

function set(element: HTMLElement, name: string, value: string | undefined) {
  if (value === undefined) delete element.dataset[name]
  else element.dataset[name] = value
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const fromOtherTab = (e: StorageEvent) => {
    if (e.key !== KEY) return
    current = read()
    applyPrefs()
    listener()
  }
  addEventListener('storage', fromOtherTab)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', fromOtherTab)
  }
}
