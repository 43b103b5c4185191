/** Base64 of bytes, chunked so that long inputs do not exhaust the stack. */
export function toBase64(b: Uint8Array, urlSafe = false, padding = true): string {
  let binary = ''
  for (let i = 0; i < b.length; i += 8192) binary += String.fromCharCode(...b.subarray(i, i + 8192))
  const encoded = btoa(binary)
  const lettered = urlSafe ? encoded.replaceAll('+', '-').replaceAll('/', '_') : encoded
  return padding ? lettered : lettered.replace(/=+$/, '')
}

/** `undefined` for text that is not base64. Padding may be missing or too long, as the reference takes it. */
export function fromBase64(s: string, urlSafe = false): Uint8Array | undefined {
  if (!(urlSafe ? /^[A-Za-z0-9_-]*=*$/ : /^[A-Za-z0-9+/]*=*$/).test(s)) return undefined
  const bare = s.replace(/=+$/, '')
  if (bare.length % 4 === 1 || (bare === '' && s !== '')) return undefined
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/')
  const binary = atob(standard)
  // bits that belong to no byte must be zero
  if (btoa(binary).replace(/=+$/, '') !== standard) return undefined
  return Uint8Array.from(binary, (c) => c.charCodeAt(0))
}
