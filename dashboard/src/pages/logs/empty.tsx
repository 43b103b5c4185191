import { Button, ButtonLink } from '../../ui/button.tsx'
import { Command, EmptyState } from '../../ui/state.tsx'

/** Nothing sends yet: one sentence, one command, and the way to a token. */
export const NoSources = ({ writes }: { writes: boolean }) => (
  <EmptyState title="No logs yet" waiting="Waiting for the first source. This page turns into the log by itself.">
    <p>Create a source, give its token to a logger, a shipper or OpenTelemetry, and every line appears here as it is written.</p>
    {writes && (
      <ButtonLink kind="primary" href="/sources?open=new">
        Connect a source
      </ButtonLink>
    )}
    <p>Or from a terminal, with a source's token:</p>
    <Command
      label="Send a line with curl"
      text={`curl ${location.origin} -H "Authorization: Bearer $SOURCE_TOKEN" \\\n  -H "Content-Type: application/json" -d '{"message":"hello"}'`}
    />
  </EmptyState>
)

/** Why the list is empty, and the shortest ways out of it. */
export const NothingFound = ({
  query,
  narrowed,
  live,
  onClear,
  onWiden,
}: {
  query: string
  /** A window or sources are chosen. */
  narrowed: boolean
  live: boolean
  onClear: () => void
  onWiden: (() => void) | null
}) => (
  <EmptyState
    title={query || narrowed ? 'Nothing matches' : 'No lines in this range'}
    waiting={live ? 'Waiting for the next line.' : undefined}
  >
    {query && (
      <p>
        No line of this range matches <code className="font-mono text-12">{query}</code>.
      </p>
    )}
    <div className="flex flex-wrap gap-2">
      {(query || narrowed) && <Button onClick={onClear}>Clear the search</Button>}
      {onWiden && <Button onClick={onWiden}>Look at the last 24 h</Button>}
    </div>
  </EmptyState>
)
