import * as z from 'zod'

/** Who did something: a row of a timeline or of the audit log holds this and never a copied name of a person. */
export const actorTypes = ['user', 'monitor', 'policy', 'key', 'channel', 'alert'] as const
export type ActorType = (typeof actorTypes)[number]
/** `name` is the display name at read time for a user (filled by the door), at write time for everything else. */
export type Actor = { type: ActorType; id: string; name: string }
export const ActorBody = z.object({ type: z.enum(actorTypes), id: z.string(), name: z.string() }).meta({ id: 'Actor' })
