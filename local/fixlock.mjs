// npm leaves packages for other platforms out of the lock when the registry lacks them, and `npm ci` then refuses that lock.
// This names each missing one as an optional package of another platform, which `npm ci` skips. Run by `npm run lock`.
import { readFileSync, writeFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const OS = /(darwin|linux|win32|windows|android|freebsd|openharmony|wasm32|sunos|aix|netbsd|openbsd)/
const CPU = /(x64|arm64|arm-|arm$|ia32|s390x|ppc64|riscv64|wasi|64$)/

/** The lock entry that `name` resolves to from the package at `from`, walking up as Node does. */
function resolve(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const entry = lock.packages[`${base ? `${base}/` : ''}node_modules/${name}`]
    if (entry || !base) return entry
  }
}

let added = 0
for (const [from, pkg] of Object.entries(lock.packages)) {
  if (!from) continue
  for (const [name, version] of Object.entries(pkg.optionalDependencies ?? {})) {
    const found = resolve(from, name)
    if (found && (found.version === version || /[\^~*><]/.test(version))) continue
    const os = name.match(OS)?.[1] ?? 'none'
    const cpu = name.match(CPU)?.[1] ?? 'none'
    lock.packages[`${found ? `${from}/` : ''}node_modules/${name}`] = {
      version,
      cpu: [{ 64: 'x64', 'arm-': 'arm' }[cpu] ?? cpu],
      optional: true,
      os: [os === 'windows' ? 'win32' : os],
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added to package-lock.json`)
