import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type * as z from 'zod'
import type { PreviewBody } from '../../../../shared/status-pages/schema.ts'
import { api, sentence } from '../../api.ts'
import { ButtonLink, Segmented } from '../../ui/button.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { plural } from '../../words.ts'
import type { StatusPage } from './queries.ts'

const shape = {
  width: choice('desk', 'phone'),
  preview: choice('now', 'fine', 'incident', 'maintenance', 'off'),
  scheme: choice('system', 'light', 'dark'),
}
const widths = [
  ['desk', 'Desk'],
  ['phone', 'Phone'],
] as const
const states = [
  ['now', 'Now'],
  ['fine', 'All well'],
  ['incident', 'Incident'],
  ['maintenance', 'Maintenance'],
] as const
/** What the page is laid out for, px: wider than the frame, it is drawn smaller. */
const LAYOUT = { desk: 864, phone: 390 }

/** The very page that the public reads, in a frame; `?preview=` shows it in a made-up state, `p` hides it. */
type Props = { page: StatusPage; unpublished: number /** New when what the page shows is. */; version: unknown }
export function Preview({ page, unpublished, version }: Props) {
  const [view, setView] = useUrlState(shape)
  const shown = view.preview === 'off' ? null : view.preview
  useKeys([
    {
      keys: 'p',
      label: shown ? 'Hide the preview' : 'Show the preview',
      group: 'This page',
      run: () => setView({ preview: shown ? 'off' : 'now' }, { replace: true }),
    },
  ])
  const address = useQuery({
    queryKey: ['status-page-preview', page.id, shown, view.scheme],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof PreviewBody>>(
        `/api/status-pages/${page.id}/preview`,
        { state: shown, ...(view.scheme === 'system' ? {} : { scheme: view.scheme }) },
        signal,
      ),
    enabled: shown !== null,
    // the address opens the page for an hour
    staleTime: 50 * 60_000,
    refetchInterval: 50 * 60_000,
  })
  if (!shown) return null
  return (
    <section aria-label="Preview" className="min-w-0">
      <div className="flex min-h-[42px] flex-wrap items-center gap-2 pb-1.5">
        <Segmented label="Width" value={view.width} options={widths} onChange={(width) => setView({ width }, { replace: true })} />
        <Segmented
          label="State shown"
          value={shown}
          options={states}
          onChange={(preview) => setView({ preview }, { replace: true })}
          className="phone:hidden"
        />
        <span className="flex-1" />
        {unpublished > 0 && (
          <span className="text-12 text-text-3" title={`Without your ${plural(unpublished, 'change')}`}>
            as published
          </span>
        )}
        <ButtonLink
          kind="ghost"
          icon={ExternalLink}
          href={page.published ? page.url : (address.data?.url ?? page.url)}
          target="_blank"
          rel="noopener"
        >
          Open
        </ButtonLink>
      </div>
      <div className="relative h-[calc(100dvh-216px)] min-h-[420px] overflow-hidden rounded-3 border border-line bg-surface">
        {address.error ? (
          <p role="alert" className="p-4 text-text-2">
            {sentence(address.error)}
          </p>
        ) : (
          address.data && (
            <Frame key={`${shown} ${view.scheme} ${view.width}`} url={address.data.url} width={LAYOUT[view.width]} version={version} />
          )
        )}
      </div>
    </section>
  )
}

/** The frame stays while its successor loads, so that a refresh never flashes. `version` is anything that is new when the page is. */
function Frame({ url, width: wanted, version }: { url: string; width: number; version: unknown }) {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [turn, setTurn] = useState(0)
  const [loaded, setLoaded] = useState(0)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }))
    watch.observe(box.current!)
    return () => watch.disconnect()
  }, [])
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else setTurn((t) => t + 1)
  }, [version])

  // on a phone the page is the phone's own
  const width = size.width > 0 && size.width < LAYOUT.phone + 100 ? LAYOUT.phone : wanted
  // a desk page is drawn smaller to fit, a phone page is never drawn larger
  const scale = Math.min(1, size.width / width) || 1
  const drawn = width < 500 ? Math.min(width, size.width || width) : scale < 1 ? width : size.width
  return (
    <div ref={box} className="absolute inset-0">
      {[...new Set([loaded, turn])].map((n) => (
        <iframe
          key={n}
          src={url}
          title="Preview of the public page"
          tabIndex={-1}
          sandbox="allow-same-origin"
          onLoad={() => setLoaded((l) => Math.max(l, n))}
          className="absolute top-0 left-1/2 block origin-top border-0"
          style={{
            width: drawn,
            height: size.height / scale,
            transform: `translateX(-50%) scale(${scale})`,
            visibility: n === loaded ? 'visible' : 'hidden',
          }}
        />
      ))}
    </div>
  )
}
