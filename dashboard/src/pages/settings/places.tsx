import { Check, Monitor } from 'lucide-react'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { Ago, useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { clock, plural, weekday } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { type SignedInPlace, usePlaces } from './queries.ts'

/** Where this person is signed in; this place first. */
export function Places() {
  const places = usePlaces()
  const zone = useZone()
  const now = useNow(60_000)
  const end = useWrite({
    send: (p: SignedInPlace) => api.delete(`/api/auth/sessions/${p.id}`),
    atOnce: (p, put) => put<SignedInPlace[]>(['places'], (list) => list.filter((o) => o.id !== p.id)),
    done: (_, p) => toast(`Signed out of ${p.browser}`),
    refresh: [['places']],
  })
  return (
    <Panel title="Signed in" sub={places.data && plural(places.data.length, 'place')}>
      {end.error != null && (
        <p role="alert" className="px-3.5 pt-2 text-12 text-down">
          {sentence(end.error)}
        </p>
      )}
      <Load query={places}>
        {(list) => (
          <ul>
            {[...list]
              .sort((a, b) => Number(b.current) - Number(a.current))
              .map((p) => (
                <li
                  key={p.id}
                  className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-b border-line-soft px-3.5 py-2 last:border-b-0"
                >
                  <Icon of={p.current ? Check : Monitor} className={p.current ? 'text-up' : 'text-idle'} />
                  <span className="min-w-0">
                    <span className="block truncate font-550">{p.browser}</span>
                    <span className="block truncate text-12 leading-4 text-text-3">
                      {p.current ? (
                        <>
                          here, since {weekday(Date.parse(p.created_at), zone, now)} {clock(Date.parse(p.created_at), zone, false)}
                        </>
                      ) : (
                        <>
                          last used <Ago at={p.last_used_at} />
                          {p.ip_address && `, ${p.ip_address}`}
                        </>
                      )}
                    </span>
                  </span>
                  {!p.current && (
                    <Button kind="ghost" onClick={() => end.mutate(p)}>
                      Sign out<span className="sr-only"> of {p.browser}</span>
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Load>
    </Panel>
  )
}
