import { fieldErrors, Problem } from '../../problem.ts'
import { type Finding, fromGrafana } from './grafana.ts'
import { type BoardTyped, boardDefaults, NewBoard } from './schema.ts'

/** A dashboard out of what export gave, or of Grafana's JSON, and what of it was not understood. Throws `invalid` for anything else. */
export function importBoard(data: Record<string, unknown> | string, name: string | null): { board: BoardTyped; not_understood: Finding[] } {
  const json = typeof data === 'string' ? parsed(data) : data
  const own = json.format === 'tocsin-dashboard'
  const { format: _, v: __, ...rest } = json
  const { board, findings } = own ? { board: rest, findings: [] } : fromGrafana(json)
  const result = NewBoard.safeParse({ ...board, ...(name ? { name } : {}) })
  if (!result.success)
    throw new Problem('invalid', own ? 'This export was changed into something that is no dashboard. errors says where.' : 'This JSON cannot become a dashboard. errors says why.', {
      errors: fieldErrors(result.error.issues).map((e) => ({ ...e, path: `data.${e.path}` })).slice(0, 50),
    }) // biome-ignore format: one thought
  return { board: { ...boardDefaults, ...result.data } as BoardTyped, not_understood: findings }
}

function parsed(text: string): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Problem('invalid', 'The text in data is not JSON.', { errors: [{ path: 'data', code: 'malformed', message: 'Give the dashboard’s JSON, or its text.' }] }) // biome-ignore format: one thought
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Problem('invalid', 'A dashboard is a JSON object.', { errors: [{ path: 'data', code: 'type', message: 'Give an object.' }] })
  return json as Record<string, unknown>
}
