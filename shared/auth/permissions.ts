/** Nouns a permission can speak of: the URL segments under /api, plus billing. */
export const permissionNouns = [
  'uptime', 'incidents', 'oncall', 'status-pages', 'integrations', 'auth', 'logs', 'traces', 'metrics', 'errors', 'call', 'warehouse', 'billing',
] as const // biome-ignore format: a table
export type PermissionNoun = (typeof permissionNouns)[number]
export type Permission = `${PermissionNoun}:${'read' | 'write'}`
export const permissions: readonly Permission[] = permissionNouns.flatMap((noun) => [`${noun}:read`, `${noun}:write`] as const)

export const roles = ['admin', 'billing_admin', 'team_lead', 'responder', 'member'] as const
export type Role = (typeof roles)[number]

const read = permissions.filter((p) => p.endsWith(':read') && p !== 'billing:read')
const all = (but: readonly Permission[] = []) => permissions.filter((p) => !but.includes(p))

/** The one permission table. A key's scopes are permissions too (or `*`), and never exceed its maker's role. */
export const allowed = {
  admin: all(),
  billing_admin: [...read, 'billing:read', 'billing:write'],
  team_lead: all(['billing:read', 'billing:write']),
  responder: [
    ...read,
    'incidents:write',
    'oncall:write',
    'uptime:write',
    'status-pages:write',
    'logs:write',
    'metrics:write',
    'errors:write',
  ],
  member: read,
} satisfies Record<Role, readonly Permission[]>

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)
export const roleAllows = (role: Role, permission: Permission): boolean => (allowed[role] as readonly Permission[]).includes(permission)
/** Scopes of a key: `uptime:write` includes reading, `*` everything. */
export const scopesAllow = (scopes: readonly string[], permission: Permission): boolean =>
  scopes.includes('*') ||
  scopes.includes(permission) ||
  (permission.endsWith(':read') && scopes.includes(permission.replace(':read', ':write')))

/** Role by role: its name, what it may do (Settings), and the same said to whoever gets it (invitations). */
export const roleWords = {
  admin: ['Admin', 'Everything, members and keys too', 'you may do everything, members and keys too'],
  billing_admin: ['Billing admin', 'Reads everything; pays', 'you read everything, and pay'],
  team_lead: [
    'Team lead',
    'Monitors, policies, status pages, incidents; invites',
    'you set up monitors, policies and status pages, and invite',
  ],
  responder: ['Responder', 'Is paged; acknowledges, resolves, posts updates', 'you are paged, and you acknowledge and resolve'],
  member: ['Member', 'Reads everything, is paged with the whole team', 'you read everything, and are paged with the whole team'],
} satisfies Record<Role, [name: string, may: string, toYou: string]>
