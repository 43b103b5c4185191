import { api } from './api.ts'
import type { Check, Region } from './wire.ts'

/** One region's first look at an address that nobody watches yet. */
export type Tried = { region: Region; outcome: 'up' | 'down'; error: Check['error']; status_code: number | null; response_time_ms: number }

/** Checks a URL once from every region; nothing is saved. */
export const tryUrl = (url: string, more: Record<string, unknown> = {}): Promise<{ results: Tried[] }> =>
  api.post('/api/uptime/monitors/try', { url, ...more })

/** "503", "timeout", "refused": what a region saw, in a word. */
export const saw = (t: Pick<Tried, 'status_code' | 'error'>): string =>
  t.error && t.error !== 'status' ? t.error : t.status_code ? String(t.status_code) : (t.error ?? '–')
