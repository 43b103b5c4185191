const UNITS: readonly (readonly [unit: string, ms: number, onlyIfExact: boolean])[] = [
  ['y', 365 * 86_400_000, true],
  ['w', 7 * 86_400_000, true],
  ['d', 86_400_000, false],
  ['h', 3_600_000, false],
  ['m', 60_000, false],
  ['s', 1000, false],
  ['ms', 1, false],
]

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/

/** "1h30m" to milliseconds: units y w d h m s ms, each at most once and in that order. `null` where the text is no duration. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0
  const found = text === '' ? null : DURATION.exec(text)
  if (!found) return null
  return UNITS.reduce((sum, [, ms], i) => sum + Number(found[i + 1] ?? 0) * ms, 0)
}

/** Milliseconds as Prometheus writes them: "5m", "1h30m", "0s". Years and weeks appear only where nothing remains. */
export function formatDuration(durationMs: number): string {
  let rest = Math.trunc(durationMs)
  if (rest === 0) return '0s'
  let text = rest < 0 ? '-' : ''
  rest = Math.abs(rest)
  for (const [unit, ms, onlyIfExact] of UNITS) {
    if (onlyIfExact && rest % ms !== 0) continue
    const count = Math.floor(rest / ms)
    if (count === 0) continue
    text += `${count}${unit}`
    rest -= count * ms
  }
  return text
}
