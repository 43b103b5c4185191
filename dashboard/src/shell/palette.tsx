import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Activity, Check, Clock, type LucideIcon, Moon, Play, Plus, Search, Sun } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { prefs, setPrefs } from '../prefs.ts'
import { monitorsQuery, useOpenIncidents } from '../queries.ts'
import { visits } from '../recent.ts'
import { useMe } from '../session.ts'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/icon.tsx'
import { shown } from '../ui/kbd.tsx'
import { Layer } from '../ui/layer.tsx'
import { useGo } from '../ui/link.tsx'
import { Shape, type State, states, toneText } from '../ui/status.tsx'
import { shortcutsNow } from '../ui/use-keys.ts'
import { duration, host } from '../words.ts'
import { places } from './nav.tsx'

type Entry = { id: string; name: string; also?: string; glyph: ReactNode; keys?: string; run: () => void }

const glyph = (of: LucideIcon) => <Icon of={of} size={16} className="text-text-3" />
const stateGlyph = (state: State) => (
  <span className={cx('[--knock:var(--raised)]', toneText[states[state].tone])}>
    <Shape state={state} size={16} />
  </span>
)

/** ⌘K. Open incidents, go to, run, recent: the cache answers at once, the API under it. Every command shows its key. */
export function Palette({ words, onClose }: { words: string; onClose: () => void }) {
  const go = useGo()
  const { team } = useMe()
  const [q, setQ] = useState(words)
  const asked = useDebounced(q.trim(), 120)
  const [here] = useState(() => shortcutsNow(0).filter((s) => s.group === 'Actions' && !s.hidden))
  const open = useOpenIncidents().data ?? []
  const [picked, setPicked] = useState('')
  const list = useRef<HTMLDivElement>(null)
  /** Somebody chose by arrow or pointer: what arrives later must not move under them. */
  const chosen = useRef(false)
  const found = useQuery({ ...monitorsQuery({ q: asked, per_page: 8, sort: 'status' }), enabled: asked.length > 0 })

  const answer = found.data
  useEffect(() => {
    if (!answer || chosen.current) return
    // once the list is in order: what arrived may be better than what was first until then
    const frame = requestAnimationFrame(() => setPicked(list.current?.querySelector('[cmdk-item]')?.getAttribute('data-value') ?? ''))
    return () => cancelAnimationFrame(frame)
  }, [answer])

  const leave = (run: () => void) => {
    onClose()
    // after the layer is gone, so that focus and shortcuts are the page's again
    setTimeout(run)
  }
  const to = (href: string) => () => leave(() => go(href))
  const now = Date.now()

  const groups: { heading: string; entries: Entry[] }[] = [
    {
      heading: open.length === 1 ? 'Open incident' : 'Open incidents',
      entries: open.slice(0, 5).map((i) => ({
        id: i.id,
        name: i.title,
        also: `INC-${i.team_number} · open for ${duration(now - Date.parse(i.started_at))}`,
        glyph: stateGlyph(i.status === 'OPEN' ? 'open' : 'acknowledged'),
        run: to(`/incidents/${i.id}`),
      })),
    },
    {
      heading: 'Go to',
      entries: [
        ...(asked ? (found.data?.data ?? []) : []).map((m) => ({
          id: m.id,
          name: m.name,
          also: `${host(m.url)} · ${states[m.status].word.toLowerCase()}`,
          glyph: stateGlyph(m.status),
          run: to(`/monitors/${m.id}`),
        })),
        ...places.map((p) => ({ id: p.href, name: p.name, glyph: glyph(p.icon), keys: `g ${p.letter}`, run: to(p.href) })),
      ],
    },
    {
      heading: 'Run',
      entries: [
        ...here.map((s) => ({
          id: `run ${s.keys}`,
          name: s.label,
          glyph: glyph(Play),
          keys: s.keys,
          run: () => leave(() => s.run(new KeyboardEvent('keydown'))),
        })),
        { id: 'new-monitor', name: 'New monitor', glyph: glyph(Plus), run: to('/monitors?open=new') },
        { id: 'new-alert', name: 'New alert', glyph: glyph(Plus), run: to('/alerts/new') },
        { id: 'new-dashboard', name: 'New dashboard', glyph: glyph(Plus), run: to('/dashboards?open=new') },
        { id: 'new-schedule', name: 'New on-call schedule', glyph: glyph(Plus), run: to('/on-call?open=new') },
        { id: 'override', name: 'Override an on-call schedule', glyph: glyph(Plus), run: to('/on-call?open=override') },
        { id: 'declare', name: 'Declare an incident', glyph: glyph(Plus), run: to('/incidents?open=new') },
        ...(['light', 'dark', 'system'] as const)
          .filter((t) => t !== prefs().theme)
          .map((theme) => ({
            id: `theme-${theme}`,
            name: `Theme: ${theme}`,
            glyph: glyph(theme === 'light' ? Sun : theme === 'dark' ? Moon : Check),
            run: () => leave(() => setPrefs({ theme })),
          })),
      ],
    },
    {
      heading: 'Recent',
      entries: visits(team.id).map((v) => ({
        id: `recent ${v.href}`,
        name: v.name,
        also: v.kind,
        glyph: glyph(v.kind === 'monitor' ? Activity : Clock),
        run: to(v.href),
      })),
    },
  ]

  return (
    <Dialog.Root open onOpenChange={(o) => o || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="enter-pop fixed top-[110px] left-1/2 z-31 w-[min(640px,calc(100vw-32px))] -translate-x-1/2 overflow-hidden rounded-4 bg-raised shadow-dialog outline-none [--surface:var(--raised)] phone:top-4"
        >
          <Layer>
            <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
            <Command
              label="Search or run"
              loop
              value={picked}
              onValueChange={setPicked}
              onKeyDown={(e) => {
                if (e.key === 'ArrowDown' || e.key === 'ArrowUp') chosen.current = true
              }}
            >
              <div className="flex h-13 items-center gap-2.5 border-b border-line px-3.5">
                <Icon of={Search} size={16} className="text-text-3" />
                <Command.Input
                  value={q}
                  onValueChange={(words) => {
                    chosen.current = false
                    setQ(words)
                  }}
                  placeholder="Search or run"
                  className="min-w-0 flex-1 bg-transparent text-16 caret-accent-solid outline-none"
                />
                <kbd className="rounded-1 border border-line px-1 font-sans text-11 font-medium text-text-3">Esc</kbd>
              </div>
              <Command.List ref={list} className="max-h-[min(480px,60dvh)] overflow-auto px-1.5 pb-1.5">
                <Command.Empty className="px-2 py-6 text-text-2">
                  {found.isFetching ? 'Searching…' : `Nothing is called “${q}”.`}
                </Command.Empty>
                {groups.map(
                  ({ heading, entries }) =>
                    entries.length > 0 && (
                      <Command.Group
                        key={heading}
                        heading={heading}
                        className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-text-3"
                      >
                        {entries.map((e) => (
                          <Command.Item
                            key={e.id}
                            value={e.id}
                            keywords={[e.name, e.also ?? '']}
                            onSelect={e.run}
                            className="flex h-9 cursor-pointer items-center gap-2.5 rounded-2 px-2 data-[selected=true]:bg-active pointer-coarse:h-12"
                          >
                            {e.glyph}
                            <span className="min-w-0 truncate">
                              <Marked text={e.name} words={q} />{' '}
                              {e.also && <span className="text-text-3 in-data-[selected=true]:text-text-2">{e.also}</span>}
                            </span>
                            {e.keys && (
                              <span className="ml-auto flex gap-1 phone:hidden">
                                {e.keys.split(' ').map((k) => (
                                  <kbd
                                    key={k}
                                    className="rounded-1 border border-line px-1 font-sans text-11 font-medium text-text-3 in-data-[selected=true]:text-text-2"
                                  >
                                    {shown(k)}
                                  </kbd>
                                ))}
                              </span>
                            )}
                          </Command.Item>
                        ))}
                      </Command.Group>
                    ),
                )}
              </Command.List>
              <div className="flex gap-4 border-t border-line bg-sunken px-3.5 py-2 text-12 text-text-3 phone:hidden">
                <span>↑ ↓ move</span>
                <span>↵ open</span>
                <span>Esc close</span>
              </div>
            </Command>
          </Layer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** The matched part underlined in the accent. */
function Marked({ text, words }: { text: string; words: string }) {
  const i = words.trim() ? text.toLowerCase().indexOf(words.trim().toLowerCase()) : -1
  if (i < 0) return <span>{text}</span>
  const end = i + words.trim().length
  return (
    <span>
      {text.slice(0, i)}
      <mark className="bg-transparent font-semibold text-current underline decoration-accent-solid decoration-2 underline-offset-3">
        {text.slice(i, end)}
      </mark>
      {text.slice(end)}
    </span>
  )
}

function useDebounced(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
