import * as z from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { isOneLine } from '../text.ts'

/** What an endpoint can be told of. */
export const eventTypes = [
  'incident.created',
  'incident.acknowledged',
  'incident.resolved',
  'incident.reopened',
  'monitor.down',
  'monitor.up',
  'alert.firing',
  'alert.resolved',
] as const
export type EventType = (typeof eventTypes)[number]

export const deliveryStates = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

const Name = z.string().trim().min(1).max(120).refine(isOneLine, 'Leave out line breaks and control characters.')
const Url = z
  .url({ protocol: /^https?$/, error: 'Write a whole address, such as https://hooks.example.com/tocsin.' })
  .max(2000)
  .refine((url) => !URL.canParse(url) || (!new URL(url).username && !new URL(url).password), 'Leave user and password out of the address.')
const Events = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length)

export const WebhookInput = z
  .strictObject({ name: Name, url: Url, events: Events.default(eventTypes.filter((t) => t.startsWith('incident.'))) })
  .meta({ id: 'WebhookInput' })
export type WebhookInput = z.infer<typeof WebhookInput>
/** What is absent stays. Switching on again forgets why it was switched off. */
export const WebhookChange = z
  .strictObject({ name: Name.optional(), url: Url.optional(), events: Events.optional(), enabled: z.boolean().optional() })
  .meta({ id: 'WebhookChange' })
export type WebhookChange = z.infer<typeof WebhookChange>

export const WebhookBody = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    events: z.array(z.enum(eventTypes)),
    enabled: z.boolean(),
    /** Why it is switched off, when nobody of the team did it. */
    disabled_why: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    /** Deliveries of the last 24 hours, by what became of them. */
    last_day: z.object({ pending: z.int(), delivered: z.int(), failed: z.int() }),
  })
  .meta({ id: 'Webhook' })
export type WebhookBody = z.infer<typeof WebhookBody>
/** `secret` is there once: when it was made. */
export const WebhookMade = WebhookBody.extend({ secret: z.string().optional() }).meta({ id: 'WebhookMade' })
export const WebhookList = pageOf(WebhookBody).meta({ id: 'WebhookList' })
export const SecretMade = z.object({ secret: z.string(), previous_until: z.string() }).meta({ id: 'WebhookSecret' })

const AttemptBody = z.object({
  at: z.string(),
  /** The answer's; null when there was none. */
  status_code: z.int().nullable(),
  /** In words, when there was no 2xx. */
  error: z.string().nullable(),
  duration_ms: z.int(),
  /** The first kilobyte of the answer. */
  response: z.string().nullable(),
})
/** One try as it is stored. */
export type Attempt = { at: number; status: number | null; error: string | null; ms: number; response: string | null }

export const DeliveryBody = z
  .object({
    id: z.string(),
    type: z.string(),
    state: z.enum(deliveryStates),
    tries: z.int(),
    tries_max: z.int(),
    created_at: z.string(),
    /** When it is tried again; null when it is not. */
    next_try_at: z.string().nullable(),
    attempts: z.array(AttemptBody),
  })
  .meta({ id: 'WebhookDelivery' })
export type DeliveryBody = z.infer<typeof DeliveryBody>
export const DeliveryDetail = DeliveryBody.extend({ payload: z.unknown() }).meta({ id: 'WebhookDeliveryDetail' })
export const DeliveryList = pageOf(DeliveryBody).meta({ id: 'WebhookDeliveryList' })
export const ListDeliveries = PageQuery.extend({ state: z.string().toLowerCase().pipe(z.enum(deliveryStates)).optional() })
export type ListDeliveries = z.infer<typeof ListDeliveries>
