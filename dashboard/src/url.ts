/** The view's state in the query string: one codec per parameter. A parameter at its default is absent; unknown ones are kept. */
export type Codec<T> = { read(text: string | undefined): T; write(value: T): string | undefined }
export type Shape = Record<string, Codec<unknown>>
export type StateOf<S extends Shape> = { [K in keyof S]: ReturnType<S[K]['read']> }
export type Search = Record<string, string>

export const text = (fallback = ''): Codec<string> => ({
  read: (t) => t ?? fallback,
  write: (v) => (v === fallback ? undefined : v),
})

/** One of a fixed set; anything else reads as the first. */
export const choice = <const T extends string>(...values: readonly [T, ...T[]]): Codec<T> => ({
  read: (t) => values.find((v) => v === t) ?? values[0],
  write: (v) => (v === values[0] ? undefined : v),
})

/** Several words, comma separated in the address. */
export const list = (): Codec<string[]> => ({
  read: (t) => (t ? t.split(',').filter(Boolean) : []),
  write: (v) => (v.length ? v.join(',') : undefined),
})

export const number = (fallback: number): Codec<number> => ({
  read: (t) => (t && Number.isSafeInteger(Number(t)) ? Number(t) : fallback),
  write: (v) => (v === fallback ? undefined : String(v)),
})

/** `?a=1&b=x` as flat strings; the last of a repeated name wins. */
export const parseSearch = (search: string): Search => Object.fromEntries(new URLSearchParams(search))

/** The inverse; commas, colons and slashes stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search).flatMap(([k, v]) =>
    v == null || v === ''
      ? []
      : [`${encodeURIComponent(k)}=${encodeURIComponent(String(v)).replace(/%(2C|3A|2F|40)/g, decodeURIComponent)}`],
  )
  return parts.length ? `?${parts.join('&')}` : ''
}

export const readUrl = <S extends Shape>(shape: S, search: Search): StateOf<S> =>
  Object.fromEntries(Object.entries(shape).map(([k, codec]) => [k, codec.read(search[k])])) as StateOf<S>

/** The search after a change; parameters this shape does not know stay as they are. */
export function writeUrl<S extends Shape>(shape: S, search: Search, patch: Partial<StateOf<S>>): Search {
  const next = { ...search }
  for (const [k, value] of Object.entries(patch)) {
    const written = shape[k]!.write(value)
    if (written === undefined) delete next[k]
    else next[k] = written
  }
  return next
}

/** A path of this origin to go to after signing in; anything that could leave the origin is `/`. */
export function safeNext(next: string | undefined): string {
  const origin = 'http://this.invalid'
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const url = new URL(next, origin)
  if (url.origin !== origin || url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in')) return '/'
  return url.pathname + url.search + url.hash
}
