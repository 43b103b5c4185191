import { open, type Ring, seal } from '../seal.ts'

const about = (team: string) => `${team}:contact_methods.secret`

/** A contact's secret as it is stored: a browser's subscription. */
export const sealContact = (keys: Ring, team: string, secret: string): Promise<string> => seal(keys, 'contact', about(team), secret)
/** The secret, or null when its key left the ring. */
export const openContact = (keys: Ring, team: string, sealed: string): Promise<string | null> => open(keys, 'contact', about(team), sealed)
