import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../../local/clickhouse.ts'

export type S3Server = { url: string; id: string; secret: string; stop: () => void }

/** Somebody else's S3 server out of a registry: s3rver (npm), else moto (PyPI) where it is installed. A text says why there is none. */
export async function anS3Server(bucket: string): Promise<S3Server | string> {
  const dir = mkdtempSync(join(tmpdir(), 'tocsin-s3-'))
  const port = await freePort()
  const server = s3rver(dir, port, bucket) ?? moto(port)
  if (!server) return 'no S3 server: npm could not install s3rver, and moto is not installed'
  const stop = () => {
    server.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 200 && server.exitCode === null; i++) {
    if (await fetch(url).then(() => true, () => false)) return { url, id: 'S3RVER', secret: 'S3RVER', stop } // biome-ignore format: one thought
    await new Promise((done) => setTimeout(done, 100))
  }
  stop()
  return 'no S3 server: it did not answer'
}

function s3rver(dir: string, port: number, bucket: string): ChildProcess | null {
  const home = resolve('.tocsin/s3rver')
  const bin = join(home, 'node_modules/.bin/s3rver')
  try {
    mkdirSync(home, { recursive: true })
    if (!existsSync(bin)) execFileSync('npm', ['install', '--prefix', home, '--no-save', '--ignore-scripts', 's3rver@3.7.1'], { stdio: 'ignore', timeout: 120_000 }) // biome-ignore format: one thought
    return spawn(process.execPath, [bin, '--directory', dir, '--port', String(port), '--address', '127.0.0.1', '--configure-bucket', bucket], { stdio: 'ignore' }) // biome-ignore format: one thought
  } catch {
    return null
  }
}

function moto(port: number): ChildProcess | null {
  try {
    execFileSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' })
    return spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  } catch {
    return null
  }
}
