/** JSON of somebody else's: read as what is expected, or as if it were not there. */
export type Json = Record<string, unknown>
export const object = (v: unknown): Json | null => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Json) : null)
export const list = (v: unknown): unknown[] => (Array.isArray(v) ? v : [])
export const text = (v: unknown): string => (typeof v === 'string' ? v : '')
export const number = (v: unknown): number | null => (typeof v === 'number' && Number.isFinite(v) ? v : null)
