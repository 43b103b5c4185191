/** One line of JSON per event, for whoever runs this. Never payloads, never secrets; ids, counts and codes only. */
export function log(event: string, fields: Record<string, string | number | boolean | null | undefined> = {}): void {
  console.log(JSON.stringify({ event, ...fields }))
}
