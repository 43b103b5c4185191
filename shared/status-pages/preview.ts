import { open, type Ring, seal } from '../seal.ts'
import { HOUR } from '../time.ts'

export const previewStates = ['now', 'fine', 'incident', 'maintenance'] as const
export const previewSchemes = ['light', 'dark'] as const

/** What the editor's frame shows: the present, or a made-up state, in the system's scheme or a given one. */
export type Preview = { state: (typeof previewStates)[number]; scheme: (typeof previewSchemes)[number] | null }

const PURPOSE = 'status-page-preview'
const LIVES_MS = HOUR
/** Sealed by us; of an older release a state may be unknown. By hand: every cold start of the status door loads this, and must not load zod. */
type Sealed = { page: string; until: number } & Preview

/** A text that opens this one page for an hour, published or not, to signed-in members: a frame can send a cookie, but neither a key nor a team. */
export const sealPreview = async (
  keys: Ring,
  page: string,
  preview: Preview,
  at: number,
): Promise<{ token: string; expiresAt: number }> => {
  const expiresAt = at + LIVES_MS
  return { token: await seal(keys, PURPOSE, page, JSON.stringify({ page, until: expiresAt, ...preview })), expiresAt }
}

/** Null when it is none of ours, for another page, or over. */
export async function previewOf(keys: Ring, page: string, token: string | null, at: number): Promise<Preview | null> {
  if (!token || token.length > 1000) return null
  const text = await open(keys, PURPOSE, page, token)
  const sealed: Sealed | null = text === null ? null : JSON.parse(text)
  if (sealed?.page !== page || !(sealed.until > at) || !previewStates.includes(sealed.state)) return null
  return { state: sealed.state, scheme: sealed.scheme && previewSchemes.includes(sealed.scheme) ? sealed.scheme : null }
}
