import { useState } from 'react'
import { useLocal } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Columns, PageHeader } from '../../ui/panel.tsx'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { Monitor } from '../../wire.ts'
import { Ask } from './ask.tsx'
import { BreakIt } from './break-it.tsx'
import { Then } from './then.tsx'

const shape = { url: text() }

/** `/start`: what do I do first? Half a minute from account to first monitor, and what happens when something breaks. */
export function Page() {
  useTitle('First run')
  const local = useLocal()
  const [view, setView] = useUrlState(shape)
  const [watched, setWatched] = useState<Monitor | null>(null)
  return (
    <>
      <PageHeader
        title={<h1 className="text-text-2">First run</h1>}
        actions={
          <ButtonLink kind="ghost" href="/">
            {watched ? 'Go to Overview' : 'Skip, show me Overview'}
          </ButtonLink>
        }
      />
      <Columns
        sideWidth={400}
        main={
          <>
            <Ask url={view.url} onUrl={(url) => setView({ url }, { replace: true })} watched={watched} onWatched={setWatched} />
            <Then monitor={watched} />
          </>
        }
        side={local ? <BreakIt /> : null}
      />
    </>
  )
}
