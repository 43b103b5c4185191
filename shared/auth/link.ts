import { isId } from '../ids.ts'
import { open, type Ring, seal } from '../seal.ts'

// Ids are no secrets, so an invitation's link carries its id sealed.

/** Where an invited person joins. */
export const invitationLink = async (keys: Ring, tocsinUrl: string, id: string): Promise<string> =>
  `${tocsinUrl}/sign-in?state=invited&invitation=${await seal(keys, 'invitation', '', id)}`

/** The invitation's id inside such a link's parameter; null when it was forged or cut. */
export async function invitationIn(keys: Ring, sealed: string): Promise<string | null> {
  const id = await open(keys, 'invitation', '', sealed)
  return id && isId(id) ? id : null
}
