import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { everything, membersQuery, policiesQuery } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { saysReceipt, useTestPage } from '../../test-page.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FieldError, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Monitor } from '../../wire.ts'
import { ladderWords } from '../monitors/ladder-words.ts'
import { Ring } from '../overview/checklist.tsx'

/** Three lines for afterwards, each doable in place. */
export function Then({ monitor }: { monitor: Monitor | null }) {
  const { user, may } = useMe()
  const policy = useQuery(policiesQuery).data?.find((p) => p.is_default)
  const members = useQuery(membersQuery).data ?? []
  const paged = policy
    ? ladderWords(policy, members).replace(user.name, `You by e-mail at ${user.email}`)
    : `You by e-mail at ${user.email}`
  return (
    <Panel title="Then" sub="each doable here, none needed now">
      <ol>
        <Paged says={paged} />
        {may('auth:write') && <Invite people={members.length} />}
        {may('status-pages:write') && <StatusPage monitor={monitor} />}
      </ol>
    </Panel>
  )
}

/** Who is paged, and a page to oneself to see that it arrives. */
function Paged({ says }: { says: string }) {
  const test = useTestPage()
  const said = test.error ?? test.receipts?.map(saysReceipt).join('. ')
  const arrived = test.receipts?.some((r) => r.outcome === 'accepted') ?? false
  return (
    <Line
      n={1}
      done={arrived}
      name="Who is paged"
      says={
        <>
          {says}
          {said && (
            <span role="status" className={`block ${test.error ? 'text-down' : 'text-text-2'}`}>
              {said}
            </span>
          )}
        </>
      }
    >
      <span className="flex flex-wrap gap-2">
        <Button busy={test.busy} onClick={test.send}>
          Send me a test
        </Button>
        <ButtonLink href="/settings/policies">Change</ButtonLink>
      </span>
    </Line>
  )
}

const Line = ({ n, done, name, says, children }: { n: number; done: boolean; name: string; says: ReactNode; children: ReactNode }) => (
  <li className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line-soft px-3.5 py-2.5 last:border-0 phone:[&>:last-child]:col-start-2 phone:[&>:last-child]:mt-1.5 phone:[&>:last-child]:justify-self-start">
    <Ring done={done}>{n}</Ring>
    <span className="min-w-0">
      <span className="font-550">{name}</span>
      <span className="block text-12 text-text-3 [overflow-wrap:anywhere]">{says}</span>
    </span>
    {children}
  </li>
)

function Invite({ people }: { people: number }) {
  const client = useQueryClient()
  const [email, setEmail] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [sent, setSent] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (!email || busy) return
    setBusy(true)
    try {
      await api.post('/api/auth/invitations', { email, role: 'responder' })
      setSent((s) => [...s, email])
      setEmail(null)
      setError(null)
      toast(`Invited ${email}`)
      await client.invalidateQueries({ queryKey: ['invitations'] })
    } catch (e) {
      setError(e instanceof ApiError && e.errors[0] ? e.errors[0].message : sentence(e))
    } finally {
      setBusy(false)
    }
  }
  const says = sent.length
    ? `${sent.join(', ')} joins by the mailed link`
    : people > 1
      ? `${people} people are in this team`
      : 'So that a second person can be paged when you sleep'
  if (email === null)
    return (
      <Line n={2} done={sent.length > 0 || people > 1} name="Invite a colleague" says={says}>
        <Button onClick={() => setEmail('')}>Invite</Button>
      </Line>
    )
  return (
    <Line
      n={2}
      done={false}
      name="Invite a colleague"
      says={
        <form
          className="mt-1 grid max-w-96 gap-1"
          onSubmit={(e) => {
            e.preventDefault()
            void send()
          }}
        >
          <TextInput
            autoFocus
            type="email"
            aria-label="E-mail of your colleague"
            placeholder="theo@example.com"
            value={email}
            aria-invalid={error ? true : undefined}
            onChange={(e) => setEmail(e.target.value)}
            onKeyDown={(e) => e.key === 'Escape' && setEmail(null)}
          />
          {error && <FieldError>{error}</FieldError>}
        </form>
      }
    >
      <Button busy={busy} onClick={send}>
        Send
      </Button>
    </Line>
  )
}

/** One page with one component, unpublished until somebody says so. */
function StatusPage({ monitor }: { monitor: Monitor | null }) {
  const { team } = useMe()
  const client = useQueryClient()
  const pages = useQuery({
    queryKey: ['status-pages', 'all'],
    queryFn: ({ signal }) => everything<{ id: string; subdomain: string }>('/api/status-pages', {}, signal),
    retry: false,
  })
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const first = pages.data?.[0]
  const create = async () => {
    if (busy) return
    setBusy(true)
    try {
      const page = await api.post<{ id: string }>('/api/status-pages', { name: team.name, subdomain: team.slug, published: false })
      if (monitor)
        await api.post(`/api/status-pages/${page.id}/resources`, {
          resource_type: 'monitor',
          resource_id: monitor.id,
          public_name: monitor.name,
        })
      toast('Created, not published yet', { view: `/status-pages/${page.id}` })
      await client.invalidateQueries({ queryKey: ['status-pages'] })
    } catch (e) {
      setError(e instanceof ApiError && e.errors[0] ? e.errors[0].message : sentence(e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Line
      n={3}
      done={first !== undefined}
      name="A public status page"
      says={
        error ? (
          <FieldError>{error}</FieldError>
        ) : first ? (
          `/s/${first.subdomain} is there`
        ) : (
          `/s/${team.slug}${monitor ? ', one component' : ''}, published when you say so`
        )
      }
    >
      {first ? (
        <ButtonLink href={`/status-pages/${first.id}`}>Open it</ButtonLink>
      ) : (
        <Button busy={busy || pages.isPending} onClick={create}>
          Create it
        </Button>
      )}
    </Line>
  )
}
