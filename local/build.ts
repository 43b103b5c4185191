import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const bin = (name: string) => new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname

/** One thing that is built from sources: rebuilt only when a source, the lock or a config changed since. Built files are shared by all states. */
type Build = { name: string; sources: string[]; output: string; command: string; args: string[] }

const builds: Build[] = [
  {
    name: 'dashboard',
    sources: [
      'dashboard/{src,public}/**/*',
      'dashboard/*.{html,ts,json}',
      'shared/*/schema.ts',
      'shared/logs/{vrl,pipeline}/**/*.ts',
      'package-lock.json',
    ],
    output: 'dashboard/dist/index.html',
    command: bin('vite'),
    args: ['build', 'dashboard', '--logLevel', 'error'],
  },
  {
    name: 'worker',
    sources: ['{workers,durable-objects,shared}/**/*.ts', 'wrangler.toml', 'package-lock.json'],
    output: '.tocsin/build/index.js',
    command: bin('wrangler'),
    args: ['deploy', '--dry-run', '--outdir', '.tocsin/build'],
  },
]

/** Builds what changed, in order: wrangler refuses to bundle without the dashboard's folder. Returns what was rebuilt. */
export async function build(): Promise<string[]> {
  mkdirSync('.tocsin/build', { recursive: true })
  const rebuilt: string[] = []
  for (const b of builds) {
    const stamp = `.tocsin/build/${b.name}.sha256`
    const now = fingerprint(b.sources)
    if (existsSync(b.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    const env = { ...process.env, PATH: `${bin('')}:${process.env.PATH}`, WRANGLER_SEND_METRICS: 'false', CI: '1', NODE_ENV: 'production' }
    await run(process.execPath, [b.command, ...b.args], { env, maxBuffer: 64e6 }).catch((e: { stderr?: string; message: string }) => {
      throw new Error(`The ${b.name} could not be built:\n${e.stderr || e.message}`)
    })
    writeFileSync(stamp, now)
    rebuilt.push(b.name)
  }
  return rebuilt
}

function fingerprint(patterns: string[]): string {
  const hash = createHash('sha256')
  for (const file of patterns.flatMap((p) => globSync(p)).sort()) {
    if (file.endsWith('.test.ts')) continue
    try {
      hash.update(`${file}\0`).update(readFileSync(file))
    } catch {
      // a directory that the pattern matched
    }
  }
  return hash.digest('hex')
}
