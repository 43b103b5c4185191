import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { ApiKey, Invitation, Member, Place, Profile, RoleList, Session, Team } from '../../../../shared/auth/schema.ts'
import type { PolicyBody } from '../../../../shared/oncall/schema.ts'
import { api } from '../../api.ts'
import type { List } from '../../wire.ts'

export type Role = Member['role']
export type Roles = z.infer<typeof RoleList>['data']
export type SignedInPlace = z.infer<typeof Place>

/** Settings lists are short and are lookups for other forms: all of them, page after page. */
async function all<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const found: T[] = []
  for (let page = 1; ; page++) {
    const { data, pagination } = await api.get<List<T>>(path, { page, per_page: 250 }, signal)
    found.push(...data)
    if (!pagination?.next) return found
  }
}
const useAll = <T>(key: string, path: string): UseQueryResult<T[]> =>
  useQuery({ queryKey: [key], queryFn: ({ signal }) => all<T>(path, signal) })

export const useMembers = () => useAll<Member>('members', '/api/auth/members')
export const useInvitations = () => useAll<Invitation>('invitations', '/api/auth/invitations')
export const usePolicies = () => useAll<PolicyBody>('policies', '/api/oncall/policies')
export const useApiKeys = () => useAll<ApiKey>('api-keys', '/api/auth/api-keys')
export const usePlaces = () => useAll<SignedInPlace>('places', '/api/auth/sessions')

export const useRoles = () =>
  useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => api.get<{ data: Roles }>('/api/auth/roles', undefined, signal).then((r) => r.data),
    staleTime: Infinity,
  })
export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: ({ signal }) => api.get<Session>('/api/auth/session', undefined, signal) })
export const useProfile = () =>
  useQuery({ queryKey: ['profile'], queryFn: ({ signal }) => api.get<Profile>('/api/auth/profile', undefined, signal) })
export const useTeam = () =>
  useQuery({ queryKey: ['team'], queryFn: ({ signal }) => api.get<z.infer<typeof Team>>('/api/auth/team', undefined, signal) })
