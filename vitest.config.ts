import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { mailbox } from './test/fakes/mailbox.ts'

/** Tests that need the file system, other processes or a kill -9 run in Node; all others that touch a door or an object run in workerd. */
const inNode = ['test/process/**', 'test/browser/**']

export default defineConfig({
  test: {
    // one project after another: what kills processes or drives a browser is not measured beside another project's work
    coverage: {
      provider: 'istanbul',
      include: ['workers/**/*.ts', 'durable-objects/**/*.ts', 'shared/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.d.ts'],
      reporter: ['json-summary', 'json'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
    },
    projects: [
      // pure functions leave nothing behind, so their files share a worker
      {
        test: {
          name: 'rules',
          isolate: false,
          include: ['shared/**/*.test.ts', 'dashboard/**/*.test.ts'],
          testTimeout: 30_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('d1-migrations'),
                CLICKHOUSE_URL: inject('clickhouse'),
                SECRET_KEYS: 'test-secret-key-of-at-least-32-characters',
                TOCSIN_URL: 'http://localhost',
                SIGN_UP: 'open',
                ALLOW_PRIVATE_TARGETS: '1',
              },
              serviceBindings: {
                EGRESS: { network: { allow: ['public', 'private'] } },
                PUBLIC_ONLY: { network: { allow: ['public'] } },
                MAILBOX: mailbox(),
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          // Vitest hands the transformed modules it has cached to each new file in one message; ours, instrumented, outgrew workerd's 32 MiB
          fsModuleCache: false,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          include: ['test/**/*.test.ts'],
          exclude: inNode,
          globalSetup: ['./test/clickhouse.ts', './test/target.ts'],
          setupFiles: './test/migrate.ts',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: './test/browser/tocsin.ts',
          testTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
