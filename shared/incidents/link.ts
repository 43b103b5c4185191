import { open, type Ring, seal } from '../seal.ts'

const ACKNOWLEDGE = 'acknowledge-link'
const REPORT = 'page-report'

/** Whom and what a link is for. `person` is null for a page to an endpoint. */
export type AcknowledgeLink = { team: string; incident: string; page: string; person: string | null }

/** The sealed part of `/a/<link>`: four UUIDs without their dashes. */
export const sealLink = (keys: Ring, link: AcknowledgeLink): Promise<string> => sealed(keys, ACKNOWLEDGE, link)
/** Null when it is forged, cut or not ours. Whether it is still good, the Incidents object alone decides. */
export const openLink = (keys: Ring, link: string): Promise<AcknowledgeLink | null> => opened(keys, ACKNOWLEDGE, link)

/** Where a provider or a browser tells what became of a page. It opens nothing else. */
export const sealReport = (keys: Ring, link: AcknowledgeLink): Promise<string> => sealed(keys, REPORT, link)
export const openReport = (keys: Ring, link: string): Promise<AcknowledgeLink | null> => opened(keys, REPORT, link)

const sealed = (keys: Ring, purpose: string, { team, incident, page, person }: AcknowledgeLink): Promise<string> =>
  seal(keys, purpose, '', [team, incident, page, person ?? ''].map((id) => id.replaceAll('-', '')).join('.'))

async function opened(keys: Ring, purpose: string, link: string): Promise<AcknowledgeLink | null> {
  const text = await open(keys, purpose, '', link)
  const [team, incident, page, person] = (text ?? '').split('.').map(dashed)
  return team && incident && page ? { team, incident, page, person: person || null } : null
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
