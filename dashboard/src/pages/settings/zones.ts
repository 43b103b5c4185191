/** Every zone this browser knows, and the saved one even where it does not. */
export const zones = (saved: string): string[] => [...new Set([saved, 'UTC', ...Intl.supportedValuesOf('timeZone')])].filter(Boolean).sort()
