import { open, type Ring, seal } from '../seal.ts'

const PURPOSE = 'acknowledge-link'

/** Whom and what an acknowledge link is for. `person` is null for a page to an endpoint. */
export type AcknowledgeLink = { team: string; incident: string; page: string; person: string | null }

/** The sealed part of `/a/<link>`: four UUIDs without their dashes. */
export const sealLink = (keys: Ring, { team, incident, page, person }: AcknowledgeLink): Promise<string> =>
  seal(keys, PURPOSE, '', [team, incident, page, person ?? ''].map((id) => id.replaceAll('-', '')).join('.'))

/** Null when it is forged, cut or not ours. Whether it is still good, the Incidents object alone decides. */
export async function openLink(keys: Ring, link: string): Promise<AcknowledgeLink | null> {
  const text = await open(keys, PURPOSE, '', link)
  const [team, incident, page, person] = (text ?? '').split('.').map(dashed)
  return team && incident && page ? { team, incident, page, person: person || null } : null
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
