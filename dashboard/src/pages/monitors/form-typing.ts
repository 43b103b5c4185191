import type { Draft, Errors } from './draft.ts'

export type FieldsProps = {
  draft: Draft
  errors: Errors
  change: (patch: Partial<Draft>) => void
  onLeave: (field: keyof Draft) => void
  isNew: boolean
}

/** What a text field of the form needs: its text, where typing goes, and that leaving it shows what is wrong. */
export const typing =
  ({ draft, change, onLeave }: FieldsProps) =>
  (field: keyof Draft) => ({
    value: draft[field] as string,
    onChange: (ev: { target: { value: string } }) => change({ [field]: ev.target.value }),
    onBlur: () => onLeave(field),
  })
