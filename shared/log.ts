/** One line of JSON per event, for whoever runs this. Never payloads, never secrets; ids, counts and codes only. */
export function log(event: string, fields: Record<string, string | number | boolean | null | undefined> = {}): void {
  console.log(JSON.stringify({ event, ...fields }))
}

/**
 * What went wrong, for the log: an error's text and where it was thrown. Of a failed query only the SQL and D1's own words: its
 * parameters are what people typed, and our hashes and session tokens.
 */
export function reason(e: unknown): string {
  if (!(e instanceof Error)) return String(e).slice(0, 2000)
  const failed = e as Error & { query?: unknown; params?: unknown }
  if (typeof failed.query !== 'string' || !('params' in failed)) return (e.stack ?? e.message).slice(0, 2000)
  const cause = e.cause instanceof Error ? e.cause.message : ''
  const frames = e.stack?.includes(e.message) ? e.stack.slice(e.stack.indexOf(e.message) + e.message.length) : ''
  return `Failed query: ${failed.query}: ${cause}${frames}`.slice(0, 2000)
}
