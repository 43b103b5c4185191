/**
 * What customers entrust to us, and links that must not be forged: AES-256-GCM with keys derived by HKDF-SHA-256 from
 * a ring (`SECRET_KEYS`, comma separated, the first seals, all open). `purpose` separates uses, `about` binds the text
 * to its place (team + column, or nothing for links whose content says whom they are for).
 */
export type Ring = readonly string[]

export const ring = (secretKeys: string): Ring => {
  const keys = secretKeys
    .split(',')
    .map((k) => k.trim())
    .filter(Boolean)
  if (!keys.length || keys.some((k) => k.length < 32)) throw new Error('SECRET_KEYS must hold at least one key of 32 characters or more')
  return keys
}

const derived = new Map<string, Promise<CryptoKey>>()

function key(secret: string, purpose: string): Promise<CryptoKey> {
  const name = `${purpose}\0${secret}`
  let found = derived.get(name)
  if (!found) {
    found = (async () => {
      const base = await crypto.subtle.importKey('raw', encode(secret), 'HKDF', false, ['deriveKey'])
      const params = { name: 'HKDF', hash: 'SHA-256', salt: encode('tocsin'), info: encode(purpose) }
      return crypto.subtle.deriveKey(params, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    })()
    derived.set(name, found)
  }
  return found
}

/** Sealed text, URL-safe. Two seals of the same text differ. */
export async function seal(keys: Ring, purpose: string, about: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encode(about) },
    await key(keys[0]!, purpose),
    encode(text),
  )
  const out = new Uint8Array(12 + box.byteLength)
  out.set(iv)
  out.set(new Uint8Array(box), 12)
  return base64url(out)
}

/** The text, or null when it was forged, cut, sealed for another purpose or place, or its key left the ring. */
export async function open(keys: Ring, purpose: string, about: string, sealed: string): Promise<string | null> {
  const bytes = fromBase64url(sealed)
  if (!bytes || bytes.length < 28) return null
  for (const secret of keys) {
    try {
      const params = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: encode(about) }
      return new TextDecoder().decode(await crypto.subtle.decrypt(params, await key(secret, purpose), bytes.slice(12)))
    } catch {
      // another key of the ring may open it
    }
  }
  return null
}

/** A secret of its own per purpose for libraries that want a string (cookie signing). */
export async function secretFor(keys: Ring, purpose: string): Promise<string> {
  const base = await crypto.subtle.importKey('raw', encode(keys[0]!), 'HKDF', false, ['deriveBits'])
  const params = { name: 'HKDF', hash: 'SHA-256', salt: encode('tocsin'), info: encode(purpose) }
  return base64url(new Uint8Array(await crypto.subtle.deriveBits(params, base, 256)))
}

const encode = (text: string) => new TextEncoder().encode(text)
const base64url = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length > 100_000) return null
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  } catch {
    return null
  }
}
