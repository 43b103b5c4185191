/** A browser and its push service: `subscription` is what PushManager gives, `shown` what its service worker would be told. */
export type Pushed = { message: Record<string, unknown>; topic: string; headers: Record<string, string> }

const url64 = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64url')
const bytes64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

/** Services that behave, by their path. */
export const services = { fine: '/fine', gone: '/gone', busy: '/busy', hangs: '/hangs', breaks: '/breaks' }

export async function fakePush(origin = 'https://push.example') {
  const own = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])) as CryptoKeyPair
  const publicKey = new Uint8Array((await crypto.subtle.exportKey('raw', own.publicKey)) as ArrayBuffer)
  const auth = crypto.getRandomValues(new Uint8Array(16))
  const shown: Pushed[] = []
  let broke = false

  return {
    shown,
    subscription: (path: string) => ({ endpoint: `${origin}${path}/device-token`, keys: { p256dh: url64(publicKey), auth: url64(auth) } }),
    async post(
      url: string,
      headers: Record<string, string>,
      body: string | Uint8Array,
    ): Promise<{ status: number | null; error: string | null; late: boolean }> {
      const answer = (status: number) => ({ status, error: null, late: false })
      const path = new URL(url).pathname
      if (path.startsWith(services.gone)) return answer(410)
      if (path.startsWith(services.busy)) return answer(429)
      if (path.startsWith(services.hangs)) return { status: null, error: 'No answer within 10 s.', late: true }
      if (headers['content-encoding'] !== 'aes128gcm' || !headers.ttl || !(await provesItself(headers.authorization ?? '', origin)))
        return answer(401)
      const box = body as Uint8Array
      if (box.length > 4096) return answer(413)
      const message = JSON.parse(new TextDecoder().decode(await decrypted(box, own, publicKey, auth))) as Record<string, unknown>
      // RFC 8030 §5.4: a message of the same topic takes the place of the one before
      const at = shown.findIndex((s) => s.topic === headers.topic)
      if (at >= 0) shown.splice(at, 1)
      shown.push({ message, topic: headers.topic ?? '', headers })
      if (path.startsWith(services.breaks) && !broke) {
        broke = true
        return { status: null, error: 'The connection broke.', late: true }
      }
      return answer(201)
    },
  }
}

/** RFC 8292: the token is signed by the key that it names, for this service, for at most a day. */
async function provesItself(authorization: string, origin: string): Promise<boolean> {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  if (!token || !key) return false
  const [header, claims, signature] = token.split('.') as [string, string, string]
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number; sub: string }
  const publicKey = await crypto.subtle.importKey('raw', bytes64(key), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  const good = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    publicKey,
    bytes64(signature),
    new TextEncoder().encode(`${header}.${claims}`),
  )
  return good && aud === origin && exp * 1000 < Date.now() + 86_400_000 && /^(https:|mailto:)/.test(sub)
}

/** RFC 8291 §3.4 and RFC 8188 §2, from the browser's side: written from the standard, not from our sender. */
export async function decrypted(box: Uint8Array, own: CryptoKeyPair, publicKey: Uint8Array, auth: Uint8Array): Promise<Uint8Array> {
  const salt = box.slice(0, 16)
  const length = box[20]!
  const senders = box.slice(21, 21 + length)
  const sealed = box.slice(21 + length)
  const sender = await crypto.subtle.importKey('raw', senders, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: sender } as never, own.privateKey, 256))
  const text = (t: string) => new TextEncoder().encode(t)
  const ikm = await derive(auth, secret, new Uint8Array([...text('WebPush: info\0'), ...publicKey, ...senders]), 32)
  const key = await derive(salt, ikm, text('Content-Encoding: aes128gcm\0'), 16)
  const iv = await derive(salt, ikm, text('Content-Encoding: nonce\0'), 12)
  const aes = await crypto.subtle.importKey('raw', key as BufferSource, 'AES-GCM', false, ['decrypt'])
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv as BufferSource }, aes, sealed))
  const end = plain.lastIndexOf(2)
  return plain.slice(0, end)
}

async function derive(salt: Uint8Array, ikm: Uint8Array, info: Uint8Array, length: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', ikm as BufferSource, 'HKDF', false, ['deriveBits'])
  const params = { name: 'HKDF', hash: 'SHA-256', salt: salt as BufferSource, info: info as BufferSource }
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, length * 8))
}
