/** Keys of ours in the shared cache are addresses of a host that does not exist, so no request from outside can name one. */
const keyOf = (key: string) => `https://status-cache.tocsin.invalid/${key}`

/** What was remembered under `key`, or undefined. Never throws: without a cache everything works, slower. */
export const remembered = (key: string): Promise<Response | undefined> => caches.default.match(keyOf(key)).catch(() => undefined)

/** Keeps an answer for `seconds`. Its own caching headers are kept aside, since the cache goes by `cache-control`. */
export async function remember(key: string, answer: Response, seconds: number): Promise<void> {
  const kept = new Response(answer.body, answer)
  kept.headers.set('cache-control', `max-age=${Math.floor(seconds)}`)
  await caches.default.put(keyOf(key), kept).catch(() => {})
}
