/** A shortcut: `j`, `shift+x`, `mod+k` (⌘ on a Mac, Ctrl elsewhere), or a sequence `g m`. */
export type Shortcut = {
  keys: string
  label: string
  /** Heading in the `?` sheet. */
  group: string
  run: (event: KeyboardEvent) => void
  /** Not listed in the `?` sheet: an alias of another. */
  hidden?: boolean
}

/** What of a key event decides. */
export type Press = { key: string; metaKey: boolean; ctrlKey: boolean; altKey: boolean; shiftKey: boolean }

/** The name of a press as shortcuts write it; null for a bare modifier or a combination that belongs to the browser or the system. */
export function nameOf(e: Press): string | null {
  if (e.altKey || ['Shift', 'Control', 'Meta', 'Alt'].includes(e.key)) return null
  const key = e.key === ' ' ? 'space' : e.key.length === 1 ? e.key.toLowerCase() : e.key.toLowerCase().replace('arrow', '')
  // a shifted sign (`?`, `#`) names itself; a shifted letter or named key says so
  const shift = e.shiftKey && (e.key.length > 1 || /[a-z]/.test(key)) ? 'shift+' : ''
  return `${e.metaKey || e.ctrlKey ? 'mod+' : ''}${shift}${key}`
}

/** Seconds a sequence's first key waits for its second. */
export const SEQUENCE_MS = 1200

/** Only these work while someone types into a field. */
export const worksWhileTyping = (name: string): boolean => name.startsWith('mod+') || name === 'escape'

/**
 * The shortcut a press completes. `before` is the press before it, if it came within SEQUENCE_MS. A later shortcut of the
 * list covers an earlier one: the page over the shell. `pending` is true when the press begins a sequence.
 */
export function match<S extends { keys: string }>(
  shortcuts: readonly S[],
  before: string | null,
  name: string,
): { found?: S; pending: boolean } {
  const found =
    (before ? shortcuts.findLast((s) => s.keys === `${before} ${name}`) : undefined) ?? shortcuts.findLast((s) => s.keys === name)
  return { ...(found ? { found } : {}), pending: !found && shortcuts.some((s) => s.keys.startsWith(`${name} `)) }
}

const signs: Record<string, string> = {
  mod: '⌘',
  shift: '⇧',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
}

/** As printed on a button: `mod+k` → "⌘K" or "Ctrl K", `g m` → "G M". */
export const printed = (keys: string, mac: boolean): string =>
  keys
    .split(' ')
    .map((chord) => {
      const parts = chord.split('+').map((p) => (p === 'mod' && !mac ? 'Ctrl ' : (signs[p] ?? p.toUpperCase())))
      return parts.join('')
    })
    .join(' ')
