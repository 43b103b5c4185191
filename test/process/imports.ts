/** The import rules of the tree, as a function over file texts, so that the test can plant a violation of each. */
export type Source = { path: string; text: string }
export type Finding = { path: string; rule: string; what: string }

type Rule = { name: string; of: (file: Source, imports: string[]) => string[] }

const room = (path: string) => path.split('/')[0]!
const noun = (path: string) => (path.startsWith('shared/') && path.split('/').length > 2 ? path.split('/')[1] : undefined)
const isTest = (path: string) => /\.test\.tsx?$/.test(path)

/** Packages that only these paths may import. One package, one door. */
const doors: Record<string, RegExp> = {
  hono: /^workers\//,
  'hono/client': /^dashboard\//,
  'hono-openapi': /^workers\/api\//,
  'cloudflare:workers': /^(durable-objects|workers)\//,
  'cloudflare:sockets': /^(workers\/|durable-objects\/egress\.ts$)/,
  '@clickhouse/client-web': /^shared\/warehouse\/clickhouse\.ts$/,
  '@anthropic-ai/sdk': /^shared\/ai\/ask\.ts$/,
  stripe: /^(shared\/billing\/|workers\/hooks\/stripe\.ts$)/,
  twilio: /^(shared\/(call|notify)\/|workers\/hooks\/twilio\.ts$)/,
  '@cloudflare/puppeteer': /^shared\/uptime\/checks\/browser\.ts$/,
  'better-auth': /^(shared\/auth\/|workers\/api\/auth\.ts$)/,
}

/** Rooms that a room may import from. `dashboard` and `local` stand outside: see below. */
const mayImport: Record<string, string[]> = {
  shared: ['shared'],
  'durable-objects': ['shared', 'durable-objects'],
  workers: ['shared', 'durable-objects', 'workers'],
}

export const rules: Record<string, Rule> = {
  oneWay: {
    name: 'imports go one way: shared ← durable-objects ← workers',
    of: ({ path }, imports) => {
      const allowed = mayImport[room(path)]
      return allowed ? imports.filter((i) => i.startsWith('/') && !allowed.includes(room(i.slice(1)))) : []
    },
  },
  nouns: {
    name: "a noun imports another noun's schema.ts, table.ts types or pure rules, never its store.ts",
    of: ({ path }, imports) =>
      noun(path)
        ? imports.filter((i) => {
            const other = i.startsWith('/') ? noun(i.slice(1)) : undefined
            return other && other !== noun(path) && /[/-]store(\.ts)?$/.test(i)
          })
        : [],
  },
  pure: {
    name: 'shared has no clock, no randomness, no I/O of its own',
    of: ({ path, text }) =>
      room(path) === 'shared' && path !== 'shared/ids.ts'
        ? [...code(text).matchAll(/\b(Date\.now\(|new Date\(\)|Math\.random\(|crypto\.randomUUID\(|performance\.now\()/g)].map((m) => m[1]!)
        : [],
  },
  noEnv: {
    name: 'shared never sees Env',
    of: ({ path }, imports) => (room(path) === 'shared' ? imports.filter((i) => i.startsWith('/durable-objects')) : []),
  },
  onePackageOneDoor: {
    name: 'one package, one door',
    of: ({ path }, imports) =>
      imports.filter((i) => {
        const exact = doors[i]
        if (exact) return !exact.test(path)
        const parent = Object.keys(doors).find((p) => i.startsWith(`${p}/`))
        return parent ? !doors[parent]!.test(path) : false
      }),
  },
  twilioDeep: { name: 'twilio is imported deep: the whole of it is 8 MB', of: (_, imports) => imports.filter((i) => i === 'twilio') },
  zodNamespace: {
    name: 'zod is imported as a namespace: the named import costs 370 KB',
    of: ({ text }) => [...code(text).matchAll(/import\s+(?!(type\s+)?\*)[^;\n]*from 'zod'/g)].map((m) => m[0]),
  },
  dashboardSees: {
    name: 'the dashboard sees schemas, flat files, the table of regions and the type of the API',
    of: ({ path, text }, imports) =>
      room(path) !== 'dashboard'
        ? []
        : imports.filter((i) => {
            if (!i.startsWith('/') || i.startsWith('/dashboard')) return false
            if (
              /^\/shared\/([\w-]+\.ts|([\w-]+\/)+schema\.ts|uptime\/regions\.ts|logs\/vrl\/.*|logs\/pipeline\/(run|templates)\.ts|logs\/search\/.*|metrics\/promql\/.*|metrics\/boards\/interpolate\.ts)$/.test(
                i,
              )
            )
              return false
            return !(i === '/workers/api/index.ts' && /import type [^\n]*workers\/api\/index/.test(text))
          }),
  },
  egress: {
    name: 'shared fetches only through what it is given',
    of: ({ path, text }) =>
      room(path) === 'shared' && !path.startsWith('shared/warehouse/')
        ? [...code(text).matchAll(/(?<![\w.])fetch\(/g)].map(() => 'global fetch')
        : [],
  },
}

/** Everything that breaks a rule. Tests of a room may reach into anything. */
export function findings(sources: Source[]): Finding[] {
  return sources.flatMap((file) => {
    if (isTest(file.path)) return []
    const imports = importsOf(file)
    return Object.values(rules).flatMap((rule) => rule.of(file, imports).map((what) => ({ path: file.path, rule: rule.name, what })))
  })
}

/** One file per rule that breaks it. */
export const violations: Record<keyof typeof rules, Source> = {
  oneWay: { path: 'durable-objects/a.ts', text: "import { x } from '../workers/cron.ts'" },
  nouns: { path: 'shared/uptime/a.ts', text: "import { list } from '../incidents/store.ts'" },
  pure: { path: 'shared/uptime/a.ts', text: 'export const now = () => Date.now()' },
  noEnv: { path: 'shared/uptime/a.ts', text: "import type { Env } from '../../durable-objects/env.ts'" },
  onePackageOneDoor: { path: 'shared/uptime/a.ts', text: "import { Hono } from 'hono'" },
  twilioDeep: { path: 'shared/notify/sms.ts', text: "import twilio from 'twilio'" },
  zodNamespace: { path: 'shared/uptime/a.ts', text: "import { z } from 'zod'" },
  dashboardSees: { path: 'dashboard/src/a.ts', text: "import { list } from '../../shared/uptime/store.ts'" },
  egress: { path: 'shared/uptime/a.ts', text: 'export const get = (url: string) => fetch(url)' },
}

/**
 * Packages that are evaluated whenever a Worker starts, each with the files that lead to it: what `entry` imports as a value, and what
 * that imports. What a door loads with `import()` is not among them.
 */
export function loadedAtOnce(sources: Source[], entry: string): Map<string, string> {
  const texts = new Map(sources.map((s) => [s.path, code(s.text)]))
  const packages = new Map<string, string>()
  const reached = new Map([[entry, entry]])
  for (const [path, trail] of reached)
    for (const [, names, from] of texts
      .get(path)!
      .matchAll(/^(?:import|export)\s+(?!type\s)((?:[\w*\s,]|\{[^}]*\})*?)\s*from\s+'([^']+)'/gm)) {
      const only = /^\s*\{([^}]*)\}\s*$/.exec(names!)?.[1]
      if (only?.split(',').every((name) => /^\s*(type\s.*)?$/s.test(name))) continue
      if (!from!.startsWith('.')) packages.set(from!, trail)
      else {
        const next = new URL(from!, `file:///${path}`).pathname.slice(1)
        if (!reached.has(next)) reached.set(next, `${next} < ${trail}`)
      }
    }
  return packages
}

/** Imported modules: relative ones as `/path/from/root.ts`, packages as written. */
function importsOf({ path, text }: Source): string[] {
  const found = [...code(text).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!)
  return found.map((i) => (i.startsWith('.') ? new URL(i, `file:///${path}`).pathname : i))
}

/** Without comments: prose may name what code may not do. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
