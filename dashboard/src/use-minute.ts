import { useNow } from './ui/time.tsx'

/** The present in whole minutes: for questions whose answer must not be asked for every second. */
export const useMinute = (): number => Math.floor(useNow(10_000) / 60_000) * 60_000
