import { execFileSync } from 'node:child_process'
import { start } from '../../local/tocsin.ts'
import { TOKEN, until } from './runner.ts'

/**
 * Tocsin on a state folder that outlives it, in this process. All of ours runs in workerd, which `kill` ends by SIGKILL; what it sends to
 * (ClickHouse, the mailbox) is the outside world and goes on.
 */
export async function killable({ port, state, clickhouse }: { port: number; state: string; clickhouse: string }) {
  const before = workerds()
  const { stop } = await start({ port, state, demo: false, token: TOKEN, say: () => {}, clickhouse })
  const mine = workerds().filter((pid) => !before.includes(pid))
  return {
    stop,
    async kill() {
      for (const pid of mine) process.kill(pid, 'SIGKILL')
      await until('the killed process to be gone', 10_000, async () => !workerds().some((pid) => mine.includes(pid)))
      await stop().catch(() => {})
    },
  }
}

/** Processes of workerd that this one started. A zombie is none: it does nothing any more. */
function workerds(): number[] {
  const lines = execFileSync('ps', ['-o', 'pid=,ppid=,stat=,comm=', '-A'], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [pid, parent, stat, name] = line.trim().split(/\s+/)
    return Number(parent) === process.pid && name === 'workerd' && !stat!.startsWith('Z') ? [Number(pid)] : []
  })
}
