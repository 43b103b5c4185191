import { useLocal } from '../../session.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Columns, Panel } from '../../ui/panel.tsx'
import { Command, EmptyState } from '../../ui/state.tsx'
import { createCommand } from '../monitors/empty.tsx'
import { Checklist } from './checklist.tsx'

/** Overview before the first monitor: what to do, one command, and the wait for it. */
export function Beginning() {
  const local = useLocal()
  return (
    <Columns
      main={
        <>
          <Checklist />
          <Panel label="No monitors yet">
            <EmptyState title="No monitors yet" waiting="Waiting for the first check. This page turns into Overview by itself.">
              <p>Or from a terminal, with a key from Settings:</p>
              <Command label="Create a monitor with curl" text={createCommand} />
            </EmptyState>
          </Panel>
        </>
      }
      side={
        <>
          {local && (
            <Panel title="Try it: break it">
              <div className="grid gap-3.5 px-3.5 py-3">
                <p className="text-text-2">
                  A demo shop runs on this machine. Break it, and watch the check, the incident, the page and the status page follow.
                </p>
                <ButtonLink href="/start">Break the demo shop</ButtonLink>
              </div>
            </Panel>
          )}
          <Panel title="Incidents">
            <p className="px-3.5 py-3 text-text-2">Nothing open. None so far.</p>
          </Panel>
        </>
      }
    />
  )
}
