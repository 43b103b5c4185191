/** What of itty-durable 2.4.1 is used, with types: its own are `any`. By file: its index is CommonJS around these ES modules. */
declare module 'itty-durable/itty-durable.js' {
  type Base = { persist(): Promise<void>; loadFromStorage(): Promise<void>; destroy(options?: { reset?: boolean }): Promise<unknown> }
  export const createDurable: <E>(options: {
    autoPersist: boolean
  }) => new (
    state: DurableObjectState,
    env: E,
  ) => Base & { state: DurableObjectState & { env: E } }
}
declare module 'itty-durable/proxy-durable.js' {
  export const proxyDurable: (namespace: unknown, options: { name: string; parse: true }) => { get(name: string): unknown }
}
