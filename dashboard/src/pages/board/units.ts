import type { Unit } from './wire.ts'

const SCALES = {
  k: ['', 'k', 'M', 'G', 'T', 'P'],
  ki: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
} as const

/** Three significant figures, thousands grouped; `decimals` when somebody chose them. */
function figure(v: number, decimals: number | null): string {
  if (decimals !== null) return v.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const digits = Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? 1 : 2
  return Number(Math.abs(v) >= 1000 ? v.toFixed(0) : Math.abs(v) < 0.01 && v !== 0 ? v.toPrecision(3) : v.toFixed(digits)).toLocaleString(
    'en',
    { maximumFractionDigits: 10 },
  )
}

const scaled = (v: number, base: number, names: readonly string[], decimals: number | null): string => {
  let [size, at] = [v, 0]
  while (Math.abs(size) >= base && at < names.length - 1) [size, at] = [size / base, at + 1]
  return `${figure(size, decimals)}${names[at] ? ` ${names[at]}` : ''}`
}

/** A value as a panel shows it, its unit included: "12.3 k", "184 ms", "1.2 GiB", "4.21 %". */
export function said(v: number | null | undefined, unit: Unit, decimals: number | null = null): string {
  if (v == null || Number.isNaN(v)) return 'no data'
  if (!Number.isFinite(v)) return v > 0 ? '∞' : '−∞'
  switch (unit) {
    case 'none':
      return figure(v, decimals)
    case 'short':
      return Math.abs(v) < 10_000 ? figure(v, decimals) : scaled(v, 1000, SCALES.k, decimals)
    case 'percent':
      return `${figure(v, decimals)} %`
    case 'share':
      return `${figure(v * 100, decimals)} %`
    case 'seconds':
      return time(v * 1000, decimals)
    case 'milliseconds':
      return time(v, decimals)
    case 'bytes':
      return scaled(v, 1024, SCALES.ki, decimals)
    case 'bytes_per_second':
      return `${scaled(v, 1024, SCALES.ki, decimals)}/s`
    case 'per_second':
      return `${Math.abs(v) < 10_000 ? figure(v, decimals) : scaled(v, 1000, SCALES.k, decimals)} /s`
    case 'celsius':
      return `${figure(v, decimals)} °C`
    default:
      return unit satisfies never
  }
}

function time(ms: number, decimals: number | null): string {
  const size = Math.abs(ms)
  if (size !== 0 && size < 1) return `${figure(ms * 1000, decimals)} µs`
  if (size < 1000) return `${figure(ms, decimals)} ms`
  if (size < 60_000) return `${figure(ms / 1000, decimals)} s`
  if (size < 3_600_000) return `${figure(ms / 60_000, decimals)} m`
  return size < 86_400_000 ? `${figure(ms / 3_600_000, decimals)} h` : `${figure(ms / 86_400_000, decimals)} d`
}

export const unitNames: Record<Unit, string> = {
  none: 'plain number', short: 'number, shortened', percent: 'percent (0 to 100)', share: 'percent (0 to 1)', seconds: 'seconds', milliseconds: 'milliseconds',
  bytes: 'bytes', bytes_per_second: 'bytes per second', per_second: 'per second', celsius: 'degrees Celsius',
} // biome-ignore format: a table
