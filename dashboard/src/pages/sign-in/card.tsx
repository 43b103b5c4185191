import type { ComponentProps, ReactNode } from 'react'
import { ApiError, api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Logo } from '../../ui/icon.tsx'
import { Note } from '../../ui/panel.tsx'

const card = 'grid w-[min(400px,100%)] grid-cols-[minmax(0,1fr)] gap-4 rounded-4 border border-line bg-surface p-7 phone:px-4 phone:py-5'

const Top = ({ title, lead }: { title: ReactNode; lead?: ReactNode }) => (
  <>
    <div className="flex items-center gap-[9px] text-14 font-semibold tracking-[-0.005em]">
      <Logo size={20} />
      Tocsin
    </div>
    <div>
      <h1 className="text-20 font-semibold tracking-[-0.015em] text-balance">{title}</h1>
      {lead && <p className="mt-1 text-text-2">{lead}</p>}
    </div>
  </>
)

/** A page without the shell: a question, its fields, one ink button. */
export const FormCard = ({
  title,
  lead,
  verb,
  busy,
  error,
  onSubmit,
  children,
}: {
  title: ReactNode
  lead?: ReactNode
  verb: string
  busy: boolean
  /** What was refused beyond the fields. */
  error?: unknown
  onSubmit: () => void
  children: ReactNode
}) => (
  <form
    method="post"
    noValidate
    className={card}
    onSubmit={(e) => {
      e.preventDefault()
      if (!busy) onSubmit()
    }}
  >
    <Top title={title} lead={lead} />
    {beyondFields(error) && (
      <div role="alert">
        <Note tone="down">{beyondFields(error)}</Note>
      </div>
    )}
    {children}
    <Button kind="primary" big wide type="submit" busy={busy}>
      {verb}
    </Button>
  </form>
)

export const FactCard = ({ title, lead, children }: { title: ReactNode; lead: ReactNode; children?: ReactNode }) => (
  <div className={card} role="status">
    <Top title={title} lead={lead} />
    {children}
  </div>
)

function beyondFields(error: unknown): string | null {
  if (!error || (error instanceof ApiError && error.errors.length)) return null
  if (error instanceof ApiError && error.status >= 500) return `${error.message} Status pages are still shown.`
  return sentence(error)
}

type InputProps = Omit<ComponentProps<'input'>, 'onChange'> & {
  name: string
  label: string
  aside?: ReactNode
  help?: string | undefined
  /** Of the whole form; this field takes what is its own. */
  refused?: unknown
  wrong?: string | undefined
  onChange: (value: string) => void
}

/** A field of a card: 40 px, 44 by touch, named as password managers expect. */
export const CardField = ({ name, label, aside, help, refused, wrong, onChange, ...rest }: InputProps) => (
  <Field label={label} aside={aside} help={help} error={wrong ?? fieldError(refused, name)}>
    {(aria) => <TextInput big {...aria} name={name} required onChange={(e) => onChange(e.target.value)} {...rest} />}
  </Field>
)

export const PASSWORD_MIN = 12
export const passwordHelp = '12 characters or more. A sentence is fine.'
/** Said before it is sent. */
export const passwordWrong = (password: string, asked: boolean): string | undefined =>
  asked && password.length < PASSWORD_MIN ? `Use ${PASSWORD_MIN} characters or more; a sentence is fine.` : undefined
export const emailWrong = (email: string, asked: boolean): string | undefined =>
  asked && !/^[^\s@]+@[^\s@]+$/.test(email.trim()) ? 'Write an address such as ines@example.com.' : undefined

/** A new person's zone is the browser's until they choose another. Never a reason to fail. */
export const bringZone = (): Promise<unknown> =>
  api.patch('/api/auth/profile', { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }).catch(() => null)
