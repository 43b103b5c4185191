/** Fires the crons of wrangler.toml, which Miniflare does not do by itself: those of every minute at once, for what a crash left behind, then each minute on the minute. Returns how to stop. */
export function startClocks(url: string, crons: string[]): () => void {
  const fire = (cron: string) => fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`).catch(() => {})
  for (const cron of crons) if (cron === '* * * * *') void fire(cron)
  let timer = setTimeout(
    function minute() {
      const now = new Date()
      for (const cron of crons) if (isDue(cron, now)) void fire(cron)
      timer = setTimeout(minute, 60_000 - (Date.now() % 60_000))
    },
    60_000 - (Date.now() % 60_000),
  )
  return () => clearTimeout(timer)
}

/** Five fields in UTC, each `*`, `* with a step` or a number. */
export function isDue(cron: string, now: Date): boolean {
  const at = [now.getUTCMinutes(), now.getUTCHours(), now.getUTCDate(), now.getUTCMonth() + 1, now.getUTCDay()]
  return cron.split(' ').every((field, i) => {
    if (field === '*') return true
    const every = field.match(/^\*\/(\d+)$/)?.[1]
    return every ? at[i]! % Number(every) === 0 : Number(field) === at[i]
  })
}
