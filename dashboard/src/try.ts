import { api } from './api.ts'
import type { Seen } from './wire.ts'

/** Checks a URL once from every region; nothing is saved. */
export const tryUrl = (url: string, more: Record<string, unknown> = {}): Promise<{ results: Seen[] }> =>
  api.post('/api/uptime/monitors/try', { url, ...more })

/** "503", "timeout", "refused": what a region saw, in a word. */
export const saw = (t: Pick<Seen, 'status_code' | 'error'>): string =>
  t.error && t.error !== 'status' ? t.error : t.status_code ? String(t.status_code) : (t.error ?? '–')
