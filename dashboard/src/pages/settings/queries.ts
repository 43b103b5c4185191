import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { ApiKey, Invitation, Place, Profile, RoleList, Team } from '../../../../shared/auth/schema.ts'
import type { DeliveryBody, WebhookBody } from '../../../../shared/integrations/schema.ts'
import type { PolicyGroupBody } from '../../../../shared/oncall/schema.ts'
import { api } from '../../api.ts'
import { everything } from '../../queries.ts'
import type { List, Member, Policy } from '../../wire.ts'

export type Role = Member['role']
export type Roles = z.infer<typeof RoleList>['data']
export type SignedInPlace = z.infer<typeof Place>

/** Settings lists are short and are looked things up in by other forms: all of them at once. */
const useAll = <T>(key: string, path: string): UseQueryResult<T[]> =>
  useQuery({ queryKey: [key], queryFn: ({ signal }) => everything<T>(path, {}, signal), staleTime: 30_000 })

export const useMembers = () => useAll<Member>('members', '/api/auth/members')
export const useInvitations = () => useAll<Invitation>('invitations', '/api/auth/invitations')
export const usePolicies = () => useAll<Policy>('policies', '/api/oncall/policies')
/** In their order. */
export const usePolicyGroups = () => useAll<PolicyGroupBody>('policy-groups', '/api/oncall/policy-groups')
export const useApiKeys = () => useAll<ApiKey>('api-keys', '/api/auth/api-keys')
export const usePlaces = () => useAll<SignedInPlace>('places', '/api/auth/sessions')

export const useRoles = () =>
  useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => api.get<{ data: Roles }>('/api/auth/roles', undefined, signal).then((r) => r.data),
    staleTime: Infinity,
  })
export const useProfile = () =>
  useQuery({ queryKey: ['profile'], queryFn: ({ signal }) => api.get<Profile>('/api/auth/profile', undefined, signal) })
export const useTeam = () =>
  useQuery({ queryKey: ['team'], queryFn: ({ signal }) => api.get<z.infer<typeof Team>>('/api/auth/team', undefined, signal) })

/** Where events are sent; also targets of policies. Kept fresh while something waits to be sent. */
export const useWebhooks = () =>
  useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => everything<WebhookBody>('/api/integrations/webhooks', {}, signal),
    staleTime: 10_000,
  })
export const useDeliveries = (webhook: string) =>
  useQuery({
    queryKey: ['webhooks', webhook, 'deliveries'],
    queryFn: ({ signal }) =>
      api.get<List<DeliveryBody>>(`/api/integrations/webhooks/${webhook}/deliveries`, { per_page: 50 }, signal).then((l) => l.data),
    refetchInterval: ({ state }) => (state.data?.some((d) => d.state === 'pending') ? 2_000 : 30_000),
  })
