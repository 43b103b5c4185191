// The child process: libchdb's own clickhouse-local, listening on HTTP, kept alive by its parent's pipe. Ends when the parent does.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DataType, load, open } from 'ffi-rs'

const [dir, port, config, tcp] = process.argv.slice(2) as [string, string, string, string?]
const require = createRequire(import.meta.url)
const platform = process.platform === 'darwin' ? `@chdb/lib-darwin-${process.arch}` : `@chdb/lib-linux-${process.arch}-gnu`
open({ library: 'chdb', path: join(dirname(require.resolve(`${platform}/package.json`)), 'libchdb.so') })
const argv = [
  'clickhouse-local',
  '--config-file',
  config,
  '--path',
  dir,
  '--http_port',
  port,
  ...(tcp ? ['--tcp_port', tcp] : []),
  '--listen_host',
  '127.0.0.1',
  '--query',
  // the last statement blocks on standard input until the pipe closes
  `SYSTEM START LISTEN HTTP;${tcp ? ' SYSTEM START LISTEN TCP;' : ''} SELECT count() FROM file('-', 'LineAsString', 'l String')`,
]
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
})
process.exit(0)
