import * as z from 'zod'
import { pageOf } from '../page.ts'
import { isOneLine } from '../text.ts'
import { isZone } from '../time.ts'
import { permissions, roles } from './permissions.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
/** `pointer`: compact with a mouse, comfortable with a finger. */
export const densities = ['pointer', 'comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** RFC 5321 §4.5.3.1.3: 254 characters fit into a path. Compared in lower case everywhere. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email('Write an address such as ines@example.com.'))
/** A name people read: one line. */
export const Name = z.string().trim().min(1).max(120).refine(isOneLine, 'Leave out line breaks and control characters.')
const NewPassword = z.string().min(12, 'Use 12 characters or more; a sentence is fine.').max(128)
const Password = z.string().min(1).max(128)
const RoleName = z.string().toLowerCase().pipe(z.enum(roles))
/** A sealed link is opened, never looked up, so its length is all that is checked here. */
const Link = z.string().min(1).max(500)

export const SignUp = z
  .strictObject({ name: Name, email: Email, password: NewPassword, team: Name.optional(), invitation: Link.optional() })
  .meta({ id: 'SignUp' })
export type SignUp = z.infer<typeof SignUp>
export const SignIn = z.strictObject({ email: Email, password: Password, remember: z.boolean().default(true) }).meta({ id: 'SignIn' })
export const ResetRequest = z.strictObject({ email: Email }).meta({ id: 'PasswordResetRequest' })
export const Reset = z.strictObject({ token: Link, new_password: NewPassword }).meta({ id: 'PasswordReset' })
export const PasswordChange = z.strictObject({ current_password: Password, new_password: NewPassword }).meta({ id: 'PasswordChange' })

/** What a sign-in page must know before anybody is known. `demo` is there on a local installation only. */
export const Entrance = z
  .object({ sign_up: z.enum(['open', 'invite', 'closed']), demo: z.object({ email: z.string(), password: z.string() }).nullable() })
  .meta({ id: 'Entrance' })

export const Profile = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    timezone: z.string(),
    theme: z.enum(themes),
    density: z.enum(densities),
    /** Single-letter keys. */
    shortcuts: z.boolean(),
  })
  .meta({ id: 'Profile' })
export type Profile = z.infer<typeof Profile>
/** Another e-mail address needs the password. */
export const ProfileChange = z
  .strictObject({
    name: Name.optional(),
    email: Email.optional(),
    current_password: Password.optional(),
    timezone: z.string().refine(isZone, 'Use a zone of the IANA database, such as Europe/Paris.').optional(),
    theme: z.enum(themes).optional(),
    density: z.enum(densities).optional(),
    shortcuts: z.boolean().optional(),
  })
  .meta({ id: 'ProfileChange' })
export type ProfileChange = z.infer<typeof ProfileChange>

export const TeamOfMine = z.object({ id: z.string(), name: z.string(), slug: z.string(), role: z.enum(roles) }).meta({ id: 'TeamOfMine' })
/** `permissions` are those in the team that was asked for, or the only one; empty when there are several and none was named. */
export const Session = z
  .object({ user: Profile, teams: z.array(TeamOfMine), permissions: z.array(z.enum(permissions)) })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const Place = z
  .object({
    id: z.string(),
    /** "Firefox, Linux". */
    browser: z.string(),
    ip_address: z.string().nullable(),
    created_at: z.string(),
    last_used_at: z.string(),
    expires_at: z.string(),
    /** The one this request came with. */
    current: z.boolean(),
  })
  .meta({ id: 'SignedInPlace' })
export const PlaceList = pageOf(Place).meta({ id: 'SignedInPlaceList' })

export const Team = z.object({ id: z.string(), name: z.string(), slug: z.string(), created_at: z.string() }).meta({ id: 'Team' })
export const TeamInput = z.strictObject({ name: Name }).meta({ id: 'TeamInput' })
/** Deleting a team repeats its name, so that no script does it by a slip. */
export const TeamDeletion = z.strictObject({ confirm: z.string().max(200) })
export const TeamList = pageOf(TeamOfMine).meta({ id: 'TeamList' })

export const Member = z
  .object({
    id: z.string(),
    user_id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    joined_at: z.string(),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>
export const MemberList = pageOf(Member).meta({ id: 'MemberList' })
export const MemberChange = z.strictObject({ role: RoleName }).meta({ id: 'MemberChange' })

export const Invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roles),
    invited_by: z.object({ id: z.string(), name: z.string() }),
    created_at: z.string(),
    expires_at: z.string(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>
export const InvitationList = pageOf(Invitation).meta({ id: 'InvitationList' })
export const InvitationInput = z.strictObject({ email: Email, role: RoleName.default('responder') }).meta({ id: 'InvitationInput' })
export type InvitationInput = z.infer<typeof InvitationInput>
/** What the holder of an invitation's link may know before joining. */
export const InvitationSeen = z
  .object({
    email: z.string(),
    team: z.string(),
    invited_by: z.string(),
    role: z.enum(roles),
    role_in_words: z.string(),
    expires_at: z.string(),
  })
  .meta({ id: 'InvitationSeen' })
export const InvitationLink = z.strictObject({ invitation: Link }).meta({ id: 'InvitationLink' })

const Scope = z.union([z.literal('*'), z.enum(permissions)])
export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    /** `toc_…k3Qe`: how it begins and ends, to recognise it by. */
    masked: z.string(),
    scopes: z.array(z.string()),
    made_by: z.object({ id: z.string(), name: z.string().nullable() }),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
    expires_at: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>
export const ApiKeyMade = ApiKey.extend({ key: z.string().optional() }).meta({ id: 'ApiKeyMade' })
export const ApiKeyList = pageOf(ApiKey).meta({ id: 'ApiKeyList' })
export const ApiKeyInput = z
  .strictObject({
    name: Name,
    scopes: z.array(Scope).min(1).max(permissions.length),
    expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
  })
  .meta({ id: 'ApiKeyInput' })
export type ApiKeyInput = z.infer<typeof ApiKeyInput>

/** What each role may do, in words and as permissions. */
export const RoleList = z
  .object({ data: z.array(z.object({ role: z.enum(roles), name: z.string(), may: z.string(), permissions: z.array(z.string()) })) })
  .meta({ id: 'RoleList' })
