const BYTES_MAX = 64_000

/** A callback's body as text; null when it is longer than any provider's. */
export async function formOf(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BYTES_MAX) return null
  const reader = request.body?.getReader()
  if (!reader) return ''
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += (value as Uint8Array).length
    if (length > BYTES_MAX) {
      await reader.cancel()
      return null
    }
    parts.push(value as Uint8Array)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return new TextDecoder().decode(bytes)
}
