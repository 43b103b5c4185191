export const toHex = (b: Uint8Array): string => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')

/** `undefined` for text that is not hexadecimal. */
export const fromHex = (s: string): Uint8Array | undefined =>
  s.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(s)
    ? Uint8Array.from({ length: s.length / 2 }, (_, i) => Number.parseInt(s.slice(2 * i, 2 * i + 2), 16))
    : undefined
