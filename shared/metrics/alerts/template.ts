import type { Sample } from './evaluate.ts'

/** Text with `{{ … }}` in it. */
export const isTemplate = (text: string): boolean => text.includes('{{')

/** What a template says of a sample at an instant (epoch ms). Its implementation is large, so that who needs none never loads it. */
export type Texts = (template: string, facts: Sample, at: number) => string
export const asWritten: Texts = (text) => text

/** The texts of a rule that are templates. */
export const templatesOf = (rule: { labels: Record<string, string>; annotations: Record<string, string> }): string[] =>
  [...Object.values(rule.labels), ...Object.values(rule.annotations)].filter(isTemplate)
