import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { usePhone } from '../../ui/table-width.ts'
import { COLUMNS, compact, GAP_PX, heightOf, placed, ROW_PX } from './layout.ts'
import { Tile, type Verbs } from './tile.tsx'
import type { Panel } from './wire.ts'

type Common = Omit<Parameters<typeof Tile>[0], 'panel' | 'height' | 'width' | 'verbs' | 'move' | 'size'>
type Props = Common & {
  panels: readonly Panel[]
  verbs: (panel: Panel) => Verbs
  onChange: (panels: Panel[]) => void
  folded: ReadonlySet<string>
  onFold: (section: string) => void
}

/** Panels on 24 columns, section after section; on phones one under the other. */
export function Grid({ panels, folded, onFold, ...rest }: Props) {
  const sections = [...new Set(panels.map((p) => p.section))].sort((a, b) => top(panels, a) - top(panels, b))
  return (
    <div className="grid gap-3">
      {sections.map((section) => (
        <section key={section} aria-label={section || 'Panels'}>
          {section && (
            <h2 className="mb-1">
              <button
                type="button"
                aria-expanded={!folded.has(section)}
                onClick={() => onFold(section)}
                className="flex min-h-8 items-center gap-1.5 rounded-2 pr-2 text-13 font-semibold hover:bg-hover pointer-coarse:min-h-11"
              >
                <Icon of={ChevronDown} size={14} className={cx('text-text-3', folded.has(section) && '-rotate-90')} />
                {section}
                {folded.has(section) && (
                  <span className="text-12 font-normal text-text-3">{panels.filter((p) => p.section === section).length} panels</span>
                )}
              </button>
            </h2>
          )}
          {!folded.has(section) && <Section {...rest} all={panels} panels={panels.filter((p) => p.section === section)} />}
        </section>
      ))}
    </div>
  )
}
const top = (panels: readonly Panel[], section: string) => Math.min(...panels.filter((p) => p.section === section).map((p) => p.position.y))

type Drag = { id: string; how: 'move' | 'size'; x: number; y: number; at: Panel['position'] }

function Section({ all, panels, verbs, onChange, editing, ...rest }: Omit<Props, 'folded' | 'onFold'> & { all: readonly Panel[] }) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1100)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [hand, setHand] = useState<Panel['position'] | null>(null)
  const phone = usePhone()
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [])
  const base = compact(panels)
  const shown = drag && hand ? placed(base, drag.id, hand) : base
  const column = (width + GAP_PX) / COLUMNS

  const take = (next: Panel[]) => {
    // positions of one section are counted from its own top; sections stand one under the other
    const offset = Math.min(...panels.map((p) => p.position.y))
    const byId = new Map(next.map((p) => [p.id, { ...p, position: { ...p.position, y: p.position.y + offset } }]))
    onChange(all.map((p) => byId.get(p.id) ?? p))
  }
  const begin = (id: string, how: Drag['how']) => (e: PointerEvent) => {
    if (e.button !== 0) return
    e.preventDefault()
    e.currentTarget.setPointerCapture(e.pointerId)
    const at = base.find((p) => p.id === id)!.position
    setDrag({ id, how, x: e.clientX, y: e.clientY, at })
    setHand(at)
  }
  const follow = (e: PointerEvent) => {
    if (!drag) return
    const dx = Math.round((e.clientX - drag.x) / column)
    const dy = Math.round((e.clientY - drag.y) / (ROW_PX + GAP_PX))
    setHand(
      drag.how === 'move'
        ? { ...drag.at, x: drag.at.x + dx, y: Math.max(0, drag.at.y + dy) }
        : { ...drag.at, w: drag.at.w + dx, h: drag.at.h + dy },
    )
  }
  const drop = () => {
    if (drag && hand) take(placed(base, drag.id, hand))
    setDrag(null)
    setHand(null)
  }
  const keys = (p: Panel, how: Drag['how']) => (e: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key] ?? []
    if (dx === undefined || dy === undefined) return
    e.preventDefault()
    e.stopPropagation()
    const at = base.find((b) => b.id === p.id)!.position
    take(placed(base, p.id, how === 'move' ? { ...at, x: at.x + dx, y: Math.max(0, at.y + dy) } : { ...at, w: at.w + dx, h: at.h + dy }))
  }

  if (phone)
    return (
      <div ref={box} className="grid gap-3">
        {[...base].sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x).map((p) => {
          const height = p.type === 'text' ? heightOf(Math.min(p.position.h, 4)) : p.type === 'stat' || p.type === 'gauge' ? 130 : Math.min(300, Math.max(150, heightOf(p.position.h)))
          return (
            <div key={p.id} style={{ height }}>
              <Tile {...rest} editing={false} panel={p} height={height} width={width} verbs={verbs(p)} />
            </div>
          )
        })}
      </div>
    ) // biome-ignore format: one list
  const rows = Math.max(1, ...shown.map((p) => p.position.y + p.position.h))
  return (
    <div
      ref={box}
      onPointerMove={follow}
      onPointerUp={drop}
      onPointerCancel={drop}
      className={cx('relative', editing && 'rounded-3 outline outline-dashed outline-line')}
      style={{ height: heightOf(rows) }}
    >
      {shown.map((p) => {
        const { x, y, w, h } = p.position
        return (
          <div
            key={p.id}
            className={cx('absolute', drag?.id === p.id && 'z-10 shadow-pop')}
            style={{ left: x * column, top: y * (ROW_PX + GAP_PX), width: w * column - GAP_PX, height: heightOf(h) }}
          >
            <Tile
              {...rest}
              editing={editing}
              panel={p}
              height={heightOf(h)}
              width={w * column}
              verbs={verbs(p)}
              {...(editing
                ? {
                    move: { onPointerDown: begin(p.id, 'move'), onKeyDown: keys(p, 'move') },
                    size: { onPointerDown: begin(p.id, 'size'), onKeyDown: keys(p, 'size') },
                  }
                : {})}
            />
          </div>
        )
      })}
    </div>
  )
}
