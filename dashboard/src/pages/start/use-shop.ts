import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { everything, latestIncidentsQuery } from '../../queries.ts'
import type { List, Monitor } from '../../wire.ts'
import { pagesQuery } from '../incidents/queries.ts'
import { chainOf } from './chain.ts'

type Shop = { url: string; broken: boolean }
const POLL_MS = 700

/** The demo shop of a local installation, its monitor, and what its failure has set off so far. */
export function useShop() {
  const client = useQueryClient()
  const [pressedAt, setPressedAt] = useState<number | null>(null)
  const [publicAt, setPublicAt] = useState<{ incident: string; at: number } | null>(null)
  const shop = useQuery({
    queryKey: ['shop'],
    queryFn: async (): Promise<Shop | null> => {
      const r = await fetch('/mailbox/shop')
      return r.ok ? r.json() : null
    },
    refetchInterval: 5_000,
  })
  const url = shop.data?.url
  const watching = shop.data?.broken ? POLL_MS : 3_000
  const monitor = useQuery({
    queryKey: ['monitors', 'shop', url],
    queryFn: ({ signal }) =>
      api.get<List<Monitor>>('/api/uptime/monitors', { url, type: 'status', per_page: 1 }, signal).then((l) => l.data[0] ?? null),
    enabled: url !== undefined,
    refetchInterval: watching,
  })
  const m = monitor.data
  const latest = useQuery({ ...latestIncidentsQuery({ monitor_id: m?.id }, 1), enabled: Boolean(m), refetchInterval: watching }).data
    ?.data[0]
  // an incident that was over before this page was opened tells nothing about this press
  const incident =
    latest && (latest.status !== 'RESOLVED' || (pressedAt !== null && Date.parse(latest.created_at) > pressedAt - 2_000)) ? latest : null
  const pages = useQuery({ ...pagesQuery(incident?.id ?? ''), enabled: incident !== null, refetchInterval: watching }).data ?? []
  const page = useQuery({
    queryKey: ['status-pages', 'of', m?.id],
    queryFn: async ({ signal }) => {
      const all = await everything<{ id: string; subdomain: string; published: boolean }>('/api/status-pages', {}, signal)
      for (const p of all.filter((p) => p.published)) {
        const parts = await everything<{ resource_id: string }>(`/api/status-pages/${p.id}/resources`, {}, signal)
        if (parts.some((r) => r.resource_id === m!.id)) return p
      }
      return null
    },
    enabled: Boolean(m),
    staleTime: 60_000,
    retry: false,
  }).data
  const known = publicAt && incident && publicAt.incident === incident.id ? publicAt.at : null

  const subdomain = page?.subdomain ?? null
  const asking = incident && incident.status !== 'RESOLVED' && subdomain && known === null ? incident.id : null
  useEffect(() => {
    if (!asking) return
    const timer = setInterval(async () => {
      const r = await fetch(`/s/${subdomain}/api/v2/status.json`).catch(() => null)
      const said = r?.ok ? ((await r.json()) as { status?: { indicator?: string } }).status?.indicator : undefined
      if (said && said !== 'none') setPublicAt((p) => (p?.incident === asking ? p : { incident: asking, at: Date.now() }))
    }, POLL_MS)
    return () => clearInterval(timer)
  }, [asking, subdomain])

  /** Breaks or mends it; a shop that nobody watches is watched first. */
  const set = async (broken: boolean) => {
    setPressedAt(Date.now())
    if (broken && url && !m) {
      await api.post('/api/uptime/monitors', { url, name: 'Demo shop', check_frequency: 10, recovery_period: 0 })
      await client.invalidateQueries({ queryKey: ['monitors'] })
    }
    const r = await fetch('/mailbox/shop', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ broken }),
    })
    if (r.ok) client.setQueryData(['shop'], await r.json())
  }
  return {
    shop: shop.data,
    monitor: m,
    incident,
    subdomain,
    set,
    chain: chainOf({ monitor: m?.id ?? null, incident, pages, publicAt: known, subdomain }),
  }
}
