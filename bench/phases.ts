import { readdirSync, readFileSync } from 'node:fs'

/** A bench that cannot end is worse than one that fails: each phase has its time, and what was seen until then is still told. */
export class Late extends Error {
  override readonly name = 'Late'
}

/** `work`, or a Late after `seconds`; `saw()` is told every few seconds, on standard error, so that a figure's output stays clean. */
export async function phase<T>(name: string, seconds: number, saw: () => string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const began = performance.now()
  const ended = new AbortController()
  const tell = (more = '') =>
    console.error(`  ${name}, ${((performance.now() - began) / 1000).toFixed(0)} of ${seconds} s: ${saw()}${more}`)
  const told = setInterval(tell, 5000)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Late(`${name} did not end within ${seconds} s; ${saw()}`)), seconds * 1000)
  })
  try {
    return await Promise.race([work(ended.signal), late])
  } finally {
    clearInterval(told)
    clearTimeout(timer)
    ended.abort()
    tell(', ended')
  }
}

type Process = { pid: number; name: string; parent: number }

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((d) => /^\d+$/.test(d))
    .flatMap((d) => {
      try {
        const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${d}/stat`, 'utf8'))!
        return [{ pid: Number(d), name: name!, parent: Number(rest!.split(' ')[1]) }]
      } catch {
        return [] // it ended meanwhile
      }
    })
}

/** Processes that this one started, and theirs; `name` as the kernel shows it. */
export function children(name?: string): number[] {
  const all = processes()
  const mine = new Set([process.pid])
  for (let before = 0; before !== mine.size; ) {
    before = mine.size
    for (const p of all) if (mine.has(p.parent)) mine.add(p.pid)
  }
  return all.filter((p) => p.pid !== process.pid && mine.has(p.pid) && (!name || p.name === name)).map((p) => p.pid)
}

/** Ends every process that this one started, whatever state it is in. */
export function endChildren(): void {
  for (const pid of children())
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it ended meanwhile
    }
}

/** User and system time of a process so far, of ended threads too, in ms. Linux counts in hundredths of a second. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
