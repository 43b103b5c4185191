/**
 * The real D1, which fails at its n-th write (a statement run alone, or one batch) and works before and after. `writes()` tells
 * how many it saw, so that a test can walk n from 1 to the last. A failed write wrote nothing.
 */
export function failingAt(d1: D1Database, n: number): { d1: D1Database; writes: () => number } {
  let seen = 0
  const isWrite = (sql: string) => /^\s*(insert|update|delete|replace)/i.test(sql)
  const count = (sqls: string[]) => {
    if (!sqls.some(isWrite)) return
    seen += 1
    if (seen === n) throw new Error('D1_ERROR: injected: storage operation failed')
  }
  const texts = new WeakMap<object, string>()
  const originals = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, property) {
        if (property === 'bind') return (...values: unknown[]) => wrap(target.bind(...values), sql)
        const value = Reflect.get(target, property, target)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          if (['run', 'all', 'first', 'raw'].includes(String(property))) count([sql])
          return value.apply(target, args)
        }
      },
    })
    texts.set(wrapped, sql)
    originals.set(wrapped, statement)
    return wrapped
  }
  const proxy = new Proxy(d1, {
    get(target, property) {
      if (property === 'prepare') return (sql: string) => wrap(target.prepare(sql), sql)
      if (property === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          count(statements.map((s) => texts.get(s) ?? ''))
          return target.batch(statements.map((s) => originals.get(s) ?? s))
        }
      const value = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { d1: proxy, writes: () => seen }
}
