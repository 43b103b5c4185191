import * as z from 'zod'
import { open, type Ring, seal } from '../seal.ts'
import { HOUR } from '../time.ts'

export const previewStates = ['now', 'fine', 'incident', 'maintenance'] as const
export const previewSchemes = ['light', 'dark'] as const

/** What the editor's frame shows: the present, or a made-up state, in the system's scheme or a given one. */
export type Preview = { state: (typeof previewStates)[number]; scheme: (typeof previewSchemes)[number] | null }

const PURPOSE = 'status-page-preview'
const LIVES_MS = HOUR
const Sealed = z.object({ page: z.string(), until: z.number(), state: z.enum(previewStates), scheme: z.enum(previewSchemes).nullable() })

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
  const sealed = text === null ? null : Sealed.safeParse(JSON.parse(text))
  if (!sealed?.success || sealed.data.page !== page || sealed.data.until <= at) return null
  return { state: sealed.data.state, scheme: sealed.data.scheme }
}
