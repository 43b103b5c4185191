/** The wall clock of `zone` at an instant, as `<input type="datetime-local">` writes it: "2026-11-23T14:13". */
export function toLocal(at: number, zone: string): string {
  return new Date(at + offsetMs(at, zone)).toISOString().slice(0, 16)
}

/** The instant of a wall clock in `zone`. In a repeated hour the first, in a skipped one the instant the clock jumped past. Null for no date. */
export function fromLocal(text: string, zone: string): number | null {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  if (Number.isNaN(wall)) return null
  // the offset before and after any change of clock near this day
  const [early, late] = [offsetMs(wall - DAY_MS, zone), offsetMs(wall + DAY_MS, zone)]
  for (const offset of [early, late]) if (offsetMs(wall - offset, zone) === offset) return wall - offset
  return wall - early
}

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function offsetMs(at: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  formats.set(zone, format)
  const part = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]))
  const wall = Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`)
  return wall - Math.floor(at / 1000) * 1000
}
