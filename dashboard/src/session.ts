import { queryOptions, useQuery } from '@tanstack/react-query'
import { ApiError, api, speakOfTeam, teamSpokenOf } from './api.ts'
import { followProfile } from './prefs.ts'
import { client } from './query.ts'
import type { Session } from './wire.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await api.get<Session>('/api/auth/session', undefined, signal)
    followProfile(session.user)
    return session
  },
  staleTime: 60_000,
})

export type Permission = Session['permissions'][number]

/** Who is signed in. Pages inside the shell are only drawn once this is known. */
export function useMe(): {
  user: Session['user']
  team: Session['teams'][number]
  teams: Session['teams']
  may: (p: Permission) => boolean
} {
  const { data } = useQuery(sessionQuery)
  const session = data ?? client.getQueryData<Session>(['session'])!
  const team = session.teams.find((t) => t.id === teamSpokenOf()) ?? session.teams[0]!
  return { user: session.user, team, teams: session.teams, may: (p) => session.permissions.includes(p) }
}

/** Where the dashboard stands: the team's prefix of every path, or the address to go to instead. */
export type Place = { basepath: string } | { goTo: string } | { noTeam: true }

/**
 * People of one team have no team in the address. People of several have its slug first; without it the link opens in the
 * team that owns the object, else in the one used last. PAGES §0.
 */
export async function enter(location: { pathname: string; search: string; hash: string }): Promise<Place> {
  const session = await client.fetchQuery(sessionQuery)
  const { pathname, search, hash } = location
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(pathname) ?? []
  const named = session.teams.find((t) => t.slug === first)
  if (!session.teams.length) return { noTeam: true }
  if (session.teams.length === 1) {
    if (named) return { goTo: `${rest || '/'}${search}${hash}` }
    speakOfTeam(session.teams[0]!.id)
    return { basepath: '/' }
  }
  if (!named) {
    const team = (await ownerOf(pathname, session.teams)) ?? session.teams.find((t) => t.slug === lastTeam()) ?? session.teams[0]!
    return { goTo: `/${team.slug}${pathname === '/' ? '' : pathname}${search}${hash}` }
  }
  speakOfTeam(named.id)
  rememberTeam(named.slug)
  await client.fetchQuery({ ...sessionQuery, staleTime: 0 }) // now with this team's permissions
  return { basepath: `/${named.slug}` }
}

const objects: Record<string, string> = {
  monitors: '/api/uptime/monitors',
  incidents: '/api/incidents',
  'status-pages': '/api/status-pages',
  'on-call': '/api/oncall/schedules',
  dashboards: '/api/metrics/dashboards',
  alerts: '/api/metrics/alerts',
}

async function ownerOf(pathname: string, teams: Session['teams']): Promise<Session['teams'][number] | undefined> {
  const [, page = '', id] = pathname.split('/')
  if (!id || !objects[page]) return undefined
  for (const team of teams) {
    speakOfTeam(team.id)
    const found = await api.get(`${objects[page]}/${id}`).then(
      () => true,
      (e) => {
        if (e instanceof ApiError && e.status === 401) throw e
        return false
      },
    )
    if (found) return team
  }
  return undefined
}

const KEY = 'tocsin.team'
function lastTeam(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
function rememberTeam(slug: string) {
  try {
    localStorage.setItem(KEY, slug)
  } catch {
    // the first team of the list opens next time
  }
}

/** Ends the session here; the page is loaded anew, so nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await api.post('/api/auth/sign-out')
  location.assign('/sign-in')
}

/** True on an installation of one machine: what would leave the building is at `/mailbox`. */
export const localQuery = queryOptions({
  queryKey: ['local'],
  queryFn: () =>
    fetch('/mailbox.json', { method: 'HEAD' }).then(
      (r) => r.ok && (r.headers.get('content-type') ?? '').includes('json'),
      () => false,
    ),
  staleTime: Infinity,
})
export const useLocal = (): boolean => useQuery(localQuery).data ?? false
