import { useQueries } from '@tanstack/react-query'
import { type Token, tokenText } from '../../filter.ts'
import { totalQuery } from '../../queries.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TokenChip } from '../../ui/filter-bar.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Command, EmptyState } from '../../ui/state.tsx'
import type { MonitorGroup } from '../../wire.ts'
import { plural } from '../../words.ts'
import { queryOf, tokensOf, type View, viewOfTokens } from './view.ts'

export const createCommand = `curl ${location.origin}/api/uptime/monitors -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" -d '{"url":"https://example.com"}'`

/** Nobody watches anything yet: one sentence, one command, and the wait for it. */
export const NoMonitors = () => (
  <Panel label="No monitors yet">
    <EmptyState title="No monitors yet" waiting="Waiting for the first monitor. This page turns into the list by itself.">
      <p>A monitor asks a URL from several regions and pages you when enough of them agree that it is down.</p>
      <ButtonLink kind="primary" href="/start">
        Add the first one
      </ButtonLink>
      <p>Or from a terminal, with a key from Settings:</p>
      <Command label="Create a monitor with curl" text={createCommand} />
    </EmptyState>
  </Panel>
)

/** Names the token that excludes most. */
export function NothingMatches({
  view,
  groups,
  onDrop,
}: {
  view: View
  groups: readonly MonitorGroup[]
  onDrop: (tokens: Token[]) => void
}) {
  const tokens = tokensOf(view)
  const without = (token: Token | null): Token[] => tokens.filter((t) => t !== token)
  const tries: (Token | null)[] = view.q ? [null, ...tokens] : tokens
  const totals = useQueries({
    queries: tries.map((token) =>
      totalQuery(queryOf({ ...view, q: token === null ? '' : view.q, ...viewOfTokens(without(token)) }, groups)),
    ),
  })
  const best = totals.reduce((b, t, i) => ((t.data ?? 0) > (totals[b]?.data ?? 0) ? i : b), 0)
  const left = totals[best]?.data ?? 0
  const token = tries[best]
  return (
    <EmptyState title="Nothing matches">
      {left > 0 && (
        <p>
          Without {token ? <TokenChip token={token} /> : <b className="font-550">“{view.q}”</b>} there {left === 1 ? 'is' : 'are'}{' '}
          {plural(left, 'monitor')}.
        </p>
      )}
      <Button keys="escape" onClick={() => onDrop(left > 0 && token ? without(token) : left > 0 ? tokens : [])}>
        {left > 0 && token ? `Remove ${tokenText(token)}` : left > 0 ? 'Clear the text' : 'Clear the filter'}
      </Button>
    </EmptyState>
  )
}
