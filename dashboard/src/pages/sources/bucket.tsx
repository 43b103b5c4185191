import { type FormEvent, useState } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'

const fields = [
  ['s3_bucket', 'Bucket', 'my-archive'],
  ['s3_endpoint', 'Endpoint', 'https://s3.eu-central-1.amazonaws.com'],
  ['s3_region', 'Region', 'eu-central-1'],
  ['s3_access_key', 'Access key', ''],
] as const
type Name = (typeof fields)[number][0]
type Change = Record<Name, string | null> & { s3_secret_key?: string | null }

/** Where the Parquet files of each hour go: a bucket of the customer's own, else ours. Its secret is taken and never shown again. */
export function Bucket({ source }: { source: Source }) {
  const of = (s: Source): Record<Name, string> => ({
    s3_bucket: s.s3_bucket ?? '',
    s3_endpoint: s.s3_endpoint ?? '',
    s3_region: s.s3_region ?? '',
    s3_access_key: s.s3_access_key ?? '',
  })
  const [typed, setTyped] = useState(of(source))
  const [secret, setSecret] = useState('')
  const [open, setOpen] = useState(false)
  const change = useWrite({
    send: (patch: Change) => api.patch<Source>(`/api/logs/sources/${source.id}`, patch),
    done: (now) => {
      setTyped(of(now))
      setSecret('')
      toast(now.s3_bucket ? `Archives go to ${now.s3_bucket} from the next hour on` : 'Archives go to our bucket from the next hour on')
    },
    refresh: [['sources']],
  })
  const save = (e: FormEvent) => {
    e.preventDefault()
    const patch = Object.fromEntries(fields.map(([name]) => [name, typed[name].trim() || null])) as Record<Name, string | null>
    change.mutate({ ...patch, ...(secret ? { s3_secret_key: secret } : {}) })
  }
  const remove = () =>
    change.mutate(
      { s3_bucket: null, s3_endpoint: null, s3_region: null, s3_access_key: null, s3_secret_key: null },
      { onSuccess: () => setOpen(false) },
    )
  const named = [...fields.map(([name]) => name), 's3_secret_key'].some((name) => fieldError(change.error, name))
  return (
    <Panel title="Archive" sub={source.s3_bucket ? `in ${source.s3_bucket}` : undefined}>
      {!open ? (
        <div className="grid justify-items-start gap-2 px-3.5 py-2.5 text-12 text-text-2">
          <p>
            {source.s3_bucket
              ? 'One Parquet file for each hour is written to your bucket.'
              : 'One Parquet file for each hour can be kept in a bucket of your own.'}
          </p>
          <Button onClick={() => setOpen(true)}>{source.s3_bucket ? 'Change the bucket' : 'Use a bucket of your own'}</Button>
        </div>
      ) : (
        <form onSubmit={save} noValidate className="grid gap-3 px-3.5 pt-3 pb-3.5">
          {fields.map(([name, label, example]) => (
            <Field key={name} label={label} error={fieldError(change.error, name)}>
              {(aria) => (
                <TextInput
                  {...aria}
                  mono
                  value={typed[name]}
                  placeholder={example}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(e) => setTyped((now) => ({ ...now, [name]: e.target.value }))}
                />
              )}
            </Field>
          ))}
          <Field
            label="Secret key"
            help={source.s3_secret_set ? 'One is set. It stays unless you type another.' : undefined}
            error={fieldError(change.error, 's3_secret_key')}
          >
            {(aria) => (
              <TextInput
                {...aria}
                mono
                type="password"
                value={secret}
                autoComplete="new-password"
                onChange={(e) => setSecret(e.target.value)}
              />
            )}
          </Field>
          {change.error !== null && !named && (
            <div role="alert">
              <FieldError>{sentence(change.error)}</FieldError>
            </div>
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" busy={change.isPending} disabled={!typed.s3_bucket.trim()}>
              Save
            </Button>
            <Button kind="ghost" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            {source.s3_bucket && (
              <Button kind="ghost" onClick={remove}>
                Back to our bucket
              </Button>
            )}
          </div>
        </form>
      )}
    </Panel>
  )
}
