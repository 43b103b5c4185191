import { useState } from 'react'
import { signOut } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Logo } from '../ui/icon.tsx'
import { ErrorState } from '../ui/state.tsx'

/** The dashboard cannot open at all: no answer, or a person without a team. */
export function Closed({ error, reason, retry }: { error?: unknown; reason?: 'no-team'; retry: () => Promise<void> }) {
  const [trying, setTrying] = useState(false)
  const again = () => {
    setTrying(true)
    retry().finally(() => setTrying(false))
  }
  return (
    <main className="grid min-h-dvh content-center justify-items-center p-4">
      <div className="w-[min(480px,100%)] rounded-4 border border-line bg-surface">
        <h1 className="flex items-center gap-2 px-6 pt-6 font-semibold">
          <Logo />
          Tocsin
        </h1>
        {reason ? (
          <div className="grid justify-items-start gap-2.5 px-6 pt-5 pb-7">
            <h2 className="text-16 font-semibold">You are in no team</h2>
            <p className="text-text-2">Ask an admin for an invitation, or sign in with another account.</p>
            <Button onClick={signOut}>Sign out</Button>
          </div>
        ) : (
          <ErrorState error={error} retry={again} retrying={trying} />
        )}
      </div>
    </main>
  )
}

/** A page of ours that fell over; the rest of the dashboard stands. A chunk that a new release replaced is cured by loading anew. */
export const Broken = ({ error }: { error: unknown }) => (
  <div className="mt-6 rounded-3 border border-line bg-surface">
    <ErrorState error={error} retry={() => location.reload()} retrying={false} />
  </div>
)
