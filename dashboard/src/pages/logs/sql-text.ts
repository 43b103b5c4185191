/** What the editor begins with. */
export const FIRST_SQL = `SELECT
  toStartOfMinute(timestamp) AS minute,
  level,
  count() AS lines
FROM logs
GROUP BY minute, level
ORDER BY minute DESC, lines DESC
LIMIT 100`
