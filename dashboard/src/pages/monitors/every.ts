import { duration } from '../../words.ts'

/** Seconds as a period: "10 s", "1 m", "1 h". */
export const every = (seconds: number): string => duration(seconds * 1000).replace('.0 s', ' s')
