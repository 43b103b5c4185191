import { useQuery } from '@tanstack/react-query'
import type { ContactMethodList, RulesBody, UrgencyBody } from '../../../../shared/notify/schema.ts'
import { api } from '../../api.ts'
import { everything } from '../../queries.ts'

export const useContacts = () =>
  useQuery({
    queryKey: ['contacts'],
    queryFn: ({ signal }) => api.get<ContactMethodList>('/api/oncall/contact-methods', undefined, signal),
  })

export const useRules = () =>
  useQuery({
    queryKey: ['notification-rules'],
    queryFn: ({ signal }) => api.get<RulesBody>('/api/oncall/notification-rules', undefined, signal),
  })

export const useUrgencies = () =>
  useQuery({
    queryKey: ['urgencies'],
    queryFn: ({ signal }) => everything<UrgencyBody>('/api/oncall/urgencies', {}, signal),
    staleTime: 30_000,
  })

/** On-call schedules, as targets of steps. */
export const useSchedules = () =>
  useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => everything<{ id: string; name: string }>('/api/oncall/schedules', {}, signal),
    staleTime: 30_000,
  })
