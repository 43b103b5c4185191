import { useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { useEffect, useState } from 'react'
import type * as z from 'zod'
import type { Entrance } from '../../../../shared/auth/schema.ts'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Note } from '../../ui/panel.tsx'
import { safeNext, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { Invited } from './invited.tsx'
import { Reset } from './reset.tsx'
import { SignIn } from './sign-in.tsx'
import { SignUp } from './sign-up.tsx'

const shape = { state: text(), next: text(), token: text(), invitation: text() }

/** `/sign-in`: how do I get in? One card; its state is in the address. */
export function Page() {
  const [{ state, next, token, invitation }] = useUrlState(shape)
  const entrance = useQuery({
    queryKey: ['entrance'],
    queryFn: () => api.ask<z.infer<typeof Entrance>>('/api/auth/entrance'),
    retry: 1,
    staleTime: Infinity,
  })
  const [filled, setFilled] = useState<{ email: string; password: string } | null>(null)
  useEffect(() => {
    document.title = 'Sign in · Tocsin'
  }, [])
  /** The page is loaded anew: nothing of a stranger stays in memory. */
  const enter = (to = safeNext(next)) => location.assign(to)
  const demo = entrance.data?.demo
  const open = entrance.data?.sign_up === 'open'
  const keep = next ? `&next=${encodeURIComponent(next)}` : ''
  const known = ['sign-up', 'reset', 'new-password', 'invited'].includes(state) ? state : 'sign-in'
  return (
    <main id="main" className="grid min-h-dvh content-center justify-items-center gap-4 bg-canvas px-4 py-8">
      {known === 'sign-in' && (
        <>
          <SignIn key={filled?.email} filled={filled} onEnter={async () => enter(invitation ? await join(invitation) : undefined)} />
          {open && !invitation && (
            <p className="text-text-2">
              No account? <TextLink href={`?state=sign-up${keep}`}>Create one</TextLink>
            </p>
          )}
          {invitation && (
            <p className="text-text-2">
              No account? <TextLink href={`?state=invited&invitation=${encodeURIComponent(invitation)}`}>Join with a new one</TextLink>
            </p>
          )}
        </>
      )}
      {known === 'sign-up' && (
        <>
          <SignUp onEnter={() => enter(next ? undefined : '/start')} />
          <p className="text-text-2">
            You have an account? <TextLink href={`?${keep.slice(1)}`}>Sign in</TextLink>
          </p>
        </>
      )}
      {known === 'invited' && <Invited invitation={invitation} onEnter={() => enter('/')} />}
      {(known === 'reset' || known === 'new-password') && (
        <>
          <Reset token={known === 'new-password' ? token : null} onEnter={() => enter('/')} />
          <p className="text-text-2">
            <TextLink href="?">Back to sign in</TextLink>
          </p>
        </>
      )}
      {known === 'sign-in' && demo && (
        <div className="w-[min(400px,100%)]">
          <Note icon={<Icon of={Gauge} />} action={<Button onClick={() => setFilled(demo)}>Fill in</Button>}>
            <b>This is a local installation.</b> Demo account: {demo.email}, password{' '}
            <span className="whitespace-nowrap">{demo.password}</span>.
          </Note>
        </div>
      )}
    </main>
  )
}

/** Joins the team of an invitation as whoever just signed in; a link that is spent leads to their own team. */
const join = (invitation: string): Promise<string> =>
  api.post<{ slug: string }>('/api/auth/invitations/accept', { invitation }, { publicly: true }).then(
    ({ slug }) => `/${slug}`,
    () => '/',
  )
