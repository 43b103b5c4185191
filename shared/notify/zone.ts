/** "14:17:01" on the clock of an IANA zone. */
export const clock = (at: number, zone: string): string => parts(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** "14:13:56 Europe/Paris (UTC+1)": every channel states the zone. */
export const clockInZone = (at: number, zone: string): string => `${clock(at, zone)} ${zoneName(at, zone)}`

/** "Mon 23 Nov 14:13:56 Europe/Paris (UTC+1)". */
export function dayAndClock(at: number, zone: string): string {
  const day = (options: Intl.DateTimeFormatOptions) => parts(at, zone, options)
  return `${day({ weekday: 'short' })} ${day({ day: 'numeric' })} ${day({ month: 'short' })} ${clockInZone(at, zone)}`
}

function zoneName(at: number, zone: string): string {
  if (zone === 'UTC') return 'UTC'
  const named = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at)
  const offset = named.find((p) => p.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? 'UTC'
  return `${zone} (${offset})`
}

const parts = (at: number, zone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: zone }).format(at)
