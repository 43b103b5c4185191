import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../../local/clickhouse.ts'

export const TOKEN = 'test-token-0123456789abcdef0123456789abcdef'

/** The local runner as a process of its own: own port, own state folder (kept over `kill` and `again`, removed by `stop`). */
export async function runTocsin(options: { state?: string; port?: number; env?: Record<string, string> } = {}) {
  const state = options.state ?? mkdtempSync(join(tmpdir(), 'tocsin-test-'))
  const port = options.port ?? (await freePort())
  const env = { ...process.env, TOCSIN_PORT: String(port), TOCSIN_STATE: state, TOCSIN_TOKEN: TOKEN, ...options.env }
  const child = spawn(process.execPath, ['local/start.ts'], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const lines: string[] = []
  await ready(child, lines)
  const url = `http://localhost:${port}`
  const api = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const r = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await r.text()
    return { status: r.status, body: text ? JSON.parse(text) : null }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    url,
    port,
    state,
    lines,
    pid: child.pid!,
    api,
    /** kill -9 of the runner; workerd and ClickHouse end by themselves. */
    kill: () => end('SIGKILL'),
    /** Ends it as Ctrl-C would and removes its state. */
    async stop() {
      await end('SIGTERM')
      rmSync(state, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function ready(child: ChildProcess, lines: string[]): Promise<void> {
  child.stderr!.on('data', (chunk) => lines.push(String(chunk)))
  await new Promise<void>((ok, fail) => {
    createInterface(child.stdout!).on('line', (line) => {
      lines.push(line)
      if (line.startsWith('Tocsin is ready')) ok()
    })
    child.once('exit', (code) => fail(new Error(`Tocsin ended with ${code} before it was ready:\n${lines.join('\n').slice(-2000)}`)))
  })
}

/** Asks until the answer is truthy; fails with `what` after `ms`. */
export async function until<T>(what: string, ms: number, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const end = Date.now() + ms; ; ) {
    const got = await ask().catch(() => null)
    if (got) return got
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`)
    await new Promise((done) => setTimeout(done, 50))
  }
}
