import { useEffect, useState } from 'react'
import type { DiagnosticBody, RunBody } from '../../../../shared/logs/pipeline/schema.ts'

export type Result = RunBody['results'][number]
export type Tried = { program: string; diagnostics: DiagnosticBody[]; results: Result[] }
type Language = typeof import('./language.ts')

const REST_MS = 150

/** The compiler, once it is here. */
export function useLanguage(): Language | null {
  const [language, setLanguage] = useState<Language | null>(null)
  useEffect(() => {
    let gone = false
    import('./language.ts').then((it) => gone || setLanguage(it))
    return () => {
      gone = true
    }
  }, [])
  return language
}

/** A program on events, again after every rest of the hands; `nth` asks for it again. Null until it ran. */
export function useTry(language: Language | null, program: string, events: readonly unknown[], nth: number): Tried | null {
  const [tried, setTried] = useState<Tried | null>(null)
  useEffect(() => {
    if (!language) return
    const timer = setTimeout(() => {
      const { diagnostics, results } = language.run(program, events)
      setTried({ program, diagnostics, results })
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [language, program, events, nth])
  return tried
}

/** Steps and time of an event in the middle: the first pays for warming up. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
