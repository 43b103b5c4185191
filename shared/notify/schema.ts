import * as z from 'zod'
import { Hours } from '../oncall/schema.ts'
import { pageOf } from '../page.ts'
import { isOneLine } from '../text.ts'

const channels = ['push', 'sms', 'voice', 'telegram', 'email'] as const
const Channel = z.string().toLowerCase().pipe(z.enum(channels))
const line = (max: number) => z.string().trim().min(1).max(max).refine(isOneLine, 'One line of readable characters')

/** `POST /api/oncall/urgencies`: how loud a page is. */
export const UrgencyInput = z
  .strictObject({
    name: line(100),
    /** Which channels ring, in the order they are listed. */
    channels: z.array(Channel).min(1).max(channels.length),
    /** Breaks quiet hours, and may use the reserve of the limits. */
    critical: z.boolean().default(false),
  })
  .meta({ id: 'UrgencyInput' })
export type UrgencyInput = z.infer<typeof UrgencyInput>
export const UrgencyChange = z
  .strictObject({
    name: line(100).optional(),
    channels: z.array(Channel).min(1).max(channels.length).optional(),
    critical: z.boolean().optional(),
  })
  .meta({ id: 'UrgencyChange' })
export type UrgencyChange = z.infer<typeof UrgencyChange>
export const UrgencyBody = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The severity that pages by it; null for one that only steps name. */
    severity: z.enum(['SEV1', 'SEV2', 'SEV3', 'SEV4']).nullable(),
    channels: z.array(z.enum(channels)),
    critical: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Urgency' })
export type UrgencyBody = z.infer<typeof UrgencyBody>
export const UrgencyList = pageOf(UrgencyBody).meta({ id: 'UrgencyList' })

/** E.164: the only form of a number that every carrier takes. */
const Phone = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'A number with its country, for example +33 1 23 45 67 89'))
const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}=*$`), `${bytes} bytes in URL-safe base64`)
/** What a browser's PushManager.subscribe() gives: RFC 8030 and RFC 8291. */
const Subscription = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.strictObject({ p256dh: base64url(65), auth: base64url(16) }),
  expirationTime: z.number().nullish(),
})
export type Subscription = z.infer<typeof Subscription>
const label = line(100).optional()

/** `POST /api/oncall/contact-methods`: a way to the person who asks. A code is sent to it at once. */
export const ContactMethodInput = z
  .discriminatedUnion('channel', [
    z.strictObject({ channel: z.literal('email'), contact: z.email().max(320), label }),
    z.strictObject({ channel: z.literal('sms'), contact: Phone, label }),
    z.strictObject({ channel: z.literal('voice'), contact: Phone, label }),
    /** The id of a chat with the installation's bot. Without it, the answer's `link` opens one. */
    z.strictObject({
      channel: z.literal('telegram'),
      contact: z
        .string()
        .regex(/^-?\d{1,20}$/, 'The id of a chat')
        .optional(),
      label,
    }),
    z.strictObject({ channel: z.literal('push'), subscription: Subscription, label }),
  ])
  .meta({ id: 'ContactMethodInput' })
export type ContactMethodInput = z.infer<typeof ContactMethodInput>
export const ContactMethodChange = z.strictObject({ label: line(100) }).meta({ id: 'ContactMethodChange' })
export const Code = z
  .strictObject({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'The six digits that were sent'),
  })
  .meta({ id: 'ContactMethodCode' })

export const ContactMethodBody = z
  .object({
    id: z.string(),
    channel: z.enum(channels),
    /** As it is shown: a browser's subscription is only the host it is with. */
    contact: z.string(),
    label: z.string(),
    verified: z.boolean(),
    verified_at: z.string().nullable(),
    /** The address of the account: verified at sign-up, changed under Profile, never deleted. */
    is_account: z.boolean(),
    created_at: z.string(),
  })
  .meta({ id: 'ContactMethod' })
export type ContactMethodBody = z.infer<typeof ContactMethodBody>
export const ContactMethodMade = ContactMethodBody.extend({
  /** How the code left, or why it did not. */
  code: z.object({ sent: z.boolean(), detail: z.string().nullable() }),
  /** Telegram: opens a chat with the bot, which verifies by itself. */
  link: z.string().nullable(),
}).meta({ id: 'ContactMethodMade' })
export type ContactMethodMade = z.infer<typeof ContactMethodMade>
export const ContactMethodList = z
  .object({
    data: z.array(ContactMethodBody),
    /** Channels this installation can send by; `local` when they end in the mailbox of this machine. */
    channels: z.array(z.object({ channel: z.enum(channels), local: z.boolean() })),
    /** The application server key that a browser subscribes with. */
    push_key: z.string(),
  })
  .meta({ id: 'ContactMethodList' })
export type ContactMethodList = z.infer<typeof ContactMethodList>

/** What a test sent: the provider's answer, as a page's receipt would say it. */
export const Tested = z
  .object({
    outcome: z.enum(['accepted', 'failed', 'unknown']),
    at: z.string(),
    provider_id: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ContactMethodTest' })

const Id = z.uuid().toLowerCase()
/** `PUT /api/oncall/notification-rules`: the whole of a person's wishes. */
export const RulesInput = z
  .strictObject({
    rules: z.array(z.strictObject({ urgency_id: Id, contact_method_id: Id, after_minutes: z.int().min(0).max(1440) })).max(100),
    /** On the clock of the profile's zone. Pages of critical urgencies ring all the same. */
    quiet_hours: z.array(Hours).max(7).default([]),
  })
  .meta({ id: 'NotificationRulesInput' })
export type RulesInput = z.infer<typeof RulesInput>
export const RulesBody = z
  .object({
    timezone: z.string(),
    quiet_hours: z.array(z.object({ days: z.array(z.string()), from: z.string(), to: z.string() })),
    rules: z.array(z.object({ urgency_id: z.string(), contact_method_id: z.string(), after_minutes: z.int() })),
    /** What each urgency comes to for this person now, with and without wishes. */
    effective: z.array(
      z.object({
        urgency_id: z.string(),
        urgency: z.string(),
        critical: z.boolean(),
        pages: z.array(
          z.object({ contact_method_id: z.string().nullable(), channel: z.enum(channels), contact: z.string(), after_minutes: z.int() }),
        ),
      }),
    ),
  })
  .meta({ id: 'NotificationRules' })
export type RulesBody = z.infer<typeof RulesBody>

/** RFC 7517, of RFC 8037's Ed25519 keys. */
export const ReceiptKeys = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        use: z.literal('sig'),
        alg: z.literal('EdDSA'),
      }),
    ),
  })
  .meta({ id: 'ReceiptKeys' })
