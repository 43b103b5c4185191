/** A share as people read it: "64 %", "0.4 %", "< 0.1 %". */
export function percent(share: number): string {
  const n = share * 100
  if (n <= 0) return '0 %'
  if (n < 0.1) return '< 0.1 %'
  return `${n < 1 ? n.toFixed(1) : n >= 99.5 && n < 100 ? '99' : Math.round(n)} %`
}

/** "1.18 GB": three significant figures, thousands of bytes. */
export function bytes(n: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']
  let i = 0
  let value = n
  while (value >= 999.5 && i < units.length - 1) {
    value /= 1000
    i += 1
  }
  return `${i === 0 ? value : Number(value.toPrecision(3))} ${units[i]}`
}

/** "4.02 s", "68 ms", "0.31 ms": three significant figures, for bars beside each other. */
export function took(ms: number): string {
  const s = Math.round(ms / 1000)
  if (s >= 60) return `${Math.floor(s / 60)} m ${String(s % 60).padStart(2, '0')} s`
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms >= 10_000 ? 1 : 2)} s`
  if (ms >= 10 || ms === 0) return `${Math.round(ms)} ms`
  return ms >= 0.001 ? `${Number(ms.toPrecision(2))} ms` : '< 1 µs'
}
