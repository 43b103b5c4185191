import { toBytes } from '../value.ts'

const decoders = new Map<string, TextDecoder | null>()

/** `undefined` for a label the Encoding standard does not have. */
export function decoderOf(label: string): TextDecoder | undefined {
  let d = decoders.get(label)
  if (d === undefined) {
    try {
      d = new TextDecoder(label, { fatal: false, ignoreBOM: false })
    } catch {
      d = null
    }
    decoders.set(label, d)
  }
  return d ?? undefined
}

const encoders = new Map<string, Map<string, readonly number[]>>()

/** Bytes for each character, found by decoding every sequence of one and two bytes, and the three-byte ones of EUC-JP. */
function encoderOf(decoder: TextDecoder): Map<string, readonly number[]> {
  const known = encoders.get(decoder.encoding)
  if (known) return known
  const table = new Map<string, readonly number[]>()
  const add = (...b: number[]): void => {
    const s = decoder.decode(Uint8Array.from(b))
    if (!s.includes('\ufffd') && [...s].length === 1 && !table.has(s)) table.set(s, b)
  }
  for (let a = 0; a < 256; a++) add(a)
  for (let a = 0x81; a < 0xff; a++) for (let b = 0x30; b < 0xff; b++) add(a, b)
  encoders.set(decoder.encoding, table)
  return table
}

/** Text in another charset; what it cannot say is a numeric character reference, as the reference's encoder writes it. */
export function encodeCharset(s: string, decoder: TextDecoder): Uint8Array {
  if (decoder.encoding.startsWith('utf-')) return toBytes(s)
  const table = encoderOf(decoder)
  const out: number[] = []
  for (const c of s) out.push(...(table.get(c) ?? [...`&#${c.codePointAt(0)};`].map((x) => x.charCodeAt(0))))
  return Uint8Array.from(out)
}
