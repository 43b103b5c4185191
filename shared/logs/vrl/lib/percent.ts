import { bytes, text, toBytes } from '../value.ts'

/** Bytes of text with %XX resolved; `+` stays unless told to be a space. */
export function percentDecoded(s: string, plusIsSpace = false): string {
  const source = toBytes(plusIsSpace ? s.replaceAll('+', ' ') : s)
  const out: number[] = []
  for (let i = 0; i < source.length; i++) {
    const hex = source[i] === 37 ? String.fromCharCode(source[i + 1] ?? 0, source[i + 2] ?? 0) : ''
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      out.push(Number.parseInt(hex, 16))
      i += 2
    } else out.push(source[i]!)
  }
  return text(bytes(Uint8Array.from(out)))
}
