import { parseSearch, type Search, type Unreadable } from '../../shared/logs/search/parse.ts'
import { searchPredicate } from '../../shared/logs/search/predicate.ts'
import { Problem } from '../../shared/problem.ts'

/** The search of a text; 422 names the place that cannot be read, and `path`, the attribute that holds the text. */
export function readable(query: string, path = 'query'): Search {
  const parsed = parseSearch(query)
  if ('unreadable' in parsed) throw unreadable(path, parsed.unreadable)
  try {
    searchPredicate(parsed.search)
  } catch (e) {
    if (e instanceof SyntaxError) throw unreadable(path, { message: e.message, at: 0 })
    throw e
  }
  return parsed.search
}

/** Tells a pattern that our RE2 accepts and ClickHouse's does not (its code 427) like any other that cannot be read. */
export async function withPattern<T>(path: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (e) {
    if ((e as { code?: unknown } | null)?.code === '427')
      throw unreadable(path, { message: 'The pattern is not one that RE2 knows.', at: 0 })
    throw e
  }
}

export const wrong = (path: string, message: string) =>
  new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
    errors: [{ path, code: 'invalid', message }],
  })

const unreadable = (path: string, { message, at }: Unreadable) =>
  new Problem('invalid', 'The search cannot be read. errors says where.', { errors: [{ path, code: 'search', message, at }] })
