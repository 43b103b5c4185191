import { eq } from 'drizzle-orm'
import { demo } from '../shared/auth/demo.ts'
import type { Role } from '../shared/auth/permissions.ts'
import { account, member, organization, user } from '../shared/auth/table.ts'
import { type Db, db } from '../shared/db.ts'
import { type Ask, seedDemoData } from './demo-data.ts'

/** `[id, name, e-mail, role]`; the first is the owner that `TOCSIN_TOKEN` and the printed sign-in act as. */
const people: [id: string, name: string, email: string, role: Role][] = [
  [demo.owner, 'Ines Okafor', demo.email, 'admin'],
  ['019aaaaa-0000-7000-8000-000000000003', 'Theo Lindgren', 'theo@tocsin.localhost', 'team_lead'],
  ['019aaaaa-0000-7000-8000-000000000004', 'Noor Vance', 'noor@tocsin.localhost', 'responder'],
  ['019aaaaa-0000-7000-8000-000000000005', 'Clara Duvernay', 'clara@tocsin.localhost', 'responder'],
  ['019aaaaa-0000-7000-8000-000000000006', 'Mei Arai', 'mei@tocsin.localhost', 'member'],
]

const SEEDED = JSON.stringify({ demo: 'seeded' })

/**
 * On the first start of a state folder: the team "Demo", its owner and (with `demo`) four more members and what they watch. Later
 * starts change nothing, whatever was renamed or deleted meanwhile; a start that a crash cut short is finished by the next.
 * Returns the token of the demo shop's source when it was made just now.
 */
export async function seedDemo(
  d1: D1Database,
  { demo: full, base, token, at }: { demo: boolean; base: string; token: string; at: number },
): Promise<string | null> {
  const database = db(d1)
  const [team] = await database.select({ metadata: organization.metadata }).from(organization).where(eq(organization.id, demo.team))
  if (team?.metadata === SEEDED) return null
  await seedPeople(database, full, at)
  const shop = full ? await seedDemoData(asOwner(base, token), base) : null
  await database.update(organization).set({ metadata: SEEDED }).where(eq(organization.id, demo.team))
  return shop
}

/** The team, its owner and (when `full`) four more members, in one batch: all of them or nobody. */
export async function seedPeople(database: Db, full: boolean, at: number): Promise<void> {
  const list = full ? people : people.slice(0, 1)
  const { hashPassword } = await import('better-auth/crypto') // only a first start pays for it
  const password = await hashPassword(demo.password)
  const createdAt = new Date(at)
  const dates = { createdAt, updatedAt: createdAt }
  await database.batch([
    database.insert(organization).values({ id: demo.team, name: 'Demo', slug: 'demo', createdAt }).onConflictDoNothing(),
    ...list.flatMap(([id, name, email, role]) => [
      database
        .insert(user)
        .values({ id, name, email, emailVerified: true, ...dates })
        .onConflictDoNothing(),
      database
        .insert(account)
        .values({ id, accountId: id, providerId: 'credential', userId: id, password, ...dates })
        .onConflictDoNothing(),
      database.insert(member).values({ id, organizationId: demo.team, userId: id, role, createdAt }).onConflictDoNothing(),
    ]),
  ])
}

const asOwner =
  (base: string, token: string): Ask =>
  async (method, path, body, name) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `demo-${name}` }
    const r = await fetch(base + path, { method, headers, body: JSON.stringify(body) })
    if (!r.ok) throw new Error(`The demo data could not be made: ${method} ${path} answered ${r.status} ${await r.text()}`)
    return (await r.json()) as { id: string; token?: string }
  }
