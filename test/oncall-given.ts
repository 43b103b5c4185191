import { member, user } from '../shared/auth/table.ts'
import { db } from '../shared/db.ts'
import { newId } from '../shared/ids.ts'
import { env } from './given.ts'

/** More people in a team, by name; their addresses are `<id>@example.com`. */
export async function colleagues(team: string, ...names: string[]): Promise<string[]> {
  const [at, database] = [new Date(), db(env.DB)]
  const ids = names.map(() => newId())
  for (const [i, name] of names.entries()) {
    const id = ids[i]!
    const person = { id, name, email: `${id}@example.com`, emailVerified: true, createdAt: at, updatedAt: at, timezone: 'Europe/Paris' }
    const membership = { id: newId(), organizationId: team, userId: id, role: 'responder', createdAt: at }
    await database.batch([database.insert(user).values(person), database.insert(member).values(membership)])
  }
  return ids
}
