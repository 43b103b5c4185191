import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Mutation, mutations } from './mutations.ts'

const root = resolve('.tocsin/mutants')
/** A mutant may loop for ever; that is noticed too. */
const HUNG_MS = 20_000

beforeAll(() => {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  symlinkSync(resolve('node_modules'), `${root}/node_modules`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Runs the rule's own tests in a copy of shared/ that holds the mutation (or none). */
async function testsPass(dir: string, file: string, m?: Mutation): Promise<boolean> {
  cpSync('shared', `${dir}/shared`, { recursive: true, filter: (path) => !/\/(promql|vrl)(\/|$)/.test(path) })
  if (m) {
    const text = readFileSync(`${dir}/${file}`, 'utf8')
    const times = text.split(m.find).length - 1
    if (times !== 1) throw new Error(`${file}: "${m.find}" must stand there once; it stands ${times} times`)
    writeFileSync(
      `${dir}/${file}`,
      text.replace(m.find, () => m.replace),
    )
  }
  // its own empty configuration: the project's would be found in a parent folder
  writeFileSync(`${dir}/vitest.config.mjs`, 'export default {}')
  const args = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', dir, '--reporter', 'dot', file.replace(/\.ts$/, '.test.ts')]
  // a vitest that finds the settings of the one it runs in does not start
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$)/.test(name)))
  const child = spawn(process.execPath, args, { stdio: 'ignore', env })
  const timer = setTimeout(() => child.kill('SIGKILL'), HUNG_MS)
  const code = await new Promise((done) => child.on('exit', done))
  clearTimeout(timer)
  return code === 0
}

test('at least 20 mutations are tried', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(20)
})

const files = [...new Set(mutations.map((m) => m.file))]
test.concurrent.each(files)('%s passes its tests as it is', async (file) => {
  expect(await testsPass(`${root}/${files.indexOf(file)}-as-it-is`, file)).toBe(true)
})

test.concurrent.each(mutations.map((m, i) => [m.file, m.what, i] as const))('%s: a test notices that %s', async (file, _, i) => {
  expect(await testsPass(`${root}/${i}`, file, mutations[i])).toBe(false)
})
