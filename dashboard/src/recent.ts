/** Objects this browser opened last, for the palette. Names only, per team; nothing secret. */
export type Visit = { href: string; name: string; kind: string }

const KEY = 'tocsin.recent'
const AT_MOST = 8

export function visits(team: string): Visit[] {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}.${team}`) ?? '[]')
  } catch {
    return []
  }
}

export function rememberVisit(team: string, visit: Visit): void {
  try {
    const others = visits(team).filter((v) => v.href !== visit.href)
    localStorage.setItem(`${KEY}.${team}`, JSON.stringify([visit, ...others].slice(0, AT_MOST)))
  } catch {
    // a browser that stores nothing has no recent objects
  }
}
