import { drizzle } from 'drizzle-orm/d1'

/** The only way to D1. Every store function takes it first and the team second. */
export const db = (d1: D1Database) => drizzle(d1)
export type Db = ReturnType<typeof db>
