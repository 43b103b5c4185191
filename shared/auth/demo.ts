/**
 * The team and the person that the local runner makes on its first start, known by fixed ids: `TOCSIN_TOKEN` acts as them.
 * WIRE "Environment". The password is printed, so these exist only on an installation that listens on loopback.
 */
export const demo = {
  team: '019aaaaa-0000-7000-8000-000000000001',
  owner: '019aaaaa-0000-7000-8000-000000000002',
  email: 'demo@tocsin.localhost',
  password: 'tocsin-demo',
} as const
