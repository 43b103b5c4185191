/** Epoch milliseconds as RFC 3339 in UTC, the only way a time leaves over the wire. */
export const iso = (at: number): string => new Date(at).toISOString()
export const isoOrNull = (at: number | null | undefined): string | null => (at == null ? null : iso(at))

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** "4 m 12 s", "6 d 18 h", "2.9 s", "184 ms": two units at most; under 10 s one decimal. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`
  const s = Math.floor(ms / SECOND)
  const pad = (n: number) => String(n).padStart(2, '0')
  if (s < 60) return `${s} s`
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} m ${pad(s % 60)} s` : `${s / 60} m`
  if (s < 86_400)
    return Math.floor((s % 3600) / 60) ? `${Math.floor(s / 3600)} h ${pad(Math.floor((s % 3600) / 60))} m` : `${Math.floor(s / 3600)} h`
  return Math.floor((s % 86_400) / 3600)
    ? `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`
    : `${Math.floor(s / 86_400)} d`
}

/** True for a zone of the IANA database ("Europe/Paris", "UTC"); offsets and abbreviations are refused. */
export function isZone(zone: string): boolean {
  if (zone !== 'UTC' && !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
