import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Field, FieldError, Pick, TextInput } from '../../ui/field.tsx'
import { Note } from '../../ui/panel.tsx'
import { Command } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { SaveBar, useChangePage } from './look.tsx'
import type { StatusPage } from './queries.ts'

/** Who may read it, and under which address. */
export function Access({ page, mayWrite }: { page: StatusPage; mayWrite: boolean }) {
  const [published, setPublished] = useState(page.published)
  const [subdomain, setSubdomain] = useState(page.subdomain)
  const [domain, setDomain] = useState(page.custom_domain ?? '')
  const save = useChangePage(page)
  const change = {
    ...(published !== page.published ? { published } : {}),
    ...(subdomain.trim() !== page.subdomain ? { subdomain: subdomain.trim() } : {}),
    ...(domain.trim() !== (page.custom_domain ?? '') ? { custom_domain: domain.trim() || null } : {}),
  }
  const changed = Object.keys(change).length > 0
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (mayWrite && changed && subdomain.trim() && !save.isPending) save.mutate(change)
  }
  useKeys([{ keys: 'mod+enter', label: 'Save', group: 'This page', run: () => submit() }])
  const moves = 'subdomain' in change
  return (
    <>
      <form id="access" onSubmit={submit} noValidate className="p-3.5">
        <fieldset disabled={!mayWrite} className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
          <Pick
            label="Published"
            help={published ? 'Everybody with the address can read it' : 'Off: the address answers as if there were no page'}
            checked={published}
            onChange={(e) => setPublished(e.target.checked)}
          />
          <Field
            label="Subdomain"
            help={moves ? 'Whoever kept the old address finds nothing there any more' : page.url}
            error={fieldError(save.error, 'subdomain')}
          >
            {(aria) => (
              <TextInput
                {...aria}
                mono
                spellCheck={false}
                autoCapitalize="none"
                autoComplete="off"
                maxLength={63}
                value={subdomain}
                onChange={(e) => setSubdomain(e.target.value)}
              />
            )}
          </Field>
          <Field label="Own domain" aside="optional" error={fieldError(save.error, 'custom_domain')}>
            {(aria) => (
              <TextInput
                {...aria}
                mono
                spellCheck={false}
                autoCapitalize="none"
                autoComplete="off"
                placeholder="status.kestrel.example"
                value={domain}
                onChange={(e) => setDomain(e.target.value)}
              />
            )}
          </Field>
          {page.custom_domain && domain.trim() === page.custom_domain && <Domain page={page} mayWrite={mayWrite} />}
          {save.error != null && <FieldError>{sentence(save.error)}</FieldError>}
        </fieldset>
      </form>
      {mayWrite && <SaveBar form="access" busy={save.isPending} disabled={!changed} />}
    </>
  )
}

/** How often DNS is asked while somebody looks at a domain that is not proven. */
const LOOK_MS = 10_000

function Domain({ page, mayWrite }: { page: StatusPage; mayWrite: boolean }) {
  const client = useQueryClient()
  const needed = page.custom_domain_proof
  const looked = useQuery({
    queryKey: ['status-page-domain', page.id, page.custom_domain],
    queryFn: async () => {
      const found = await api.post<StatusPage>(`/api/status-pages/${page.id}/verify-domain`)
      client.setQueryData(['status-page', page.id], found)
      await client.invalidateQueries({ queryKey: ['status-pages'] })
      return found.custom_domain_verified
    },
    enabled: needed !== null && mayWrite,
    refetchInterval: LOOK_MS,
    retry: false,
  })
  if (!needed)
    return (
      <Note tone="up" icon={<Shape state="up" className="text-up" />}>
        <b>{page.custom_domain}</b> is yours and answers with this page.
      </Note>
    )
  return (
    <Note tone="warn" icon={<Shape state="validating" className="text-warn" />}>
      <b>{page.custom_domain}</b> is not proven yet. Set two records where its DNS is kept: a CNAME of {page.custom_domain} to{' '}
      <span className="font-mono">{new URL(page.url).host}</span>, and this TXT record, which says that the domain wants this page:
      <Command label="Name of the TXT record" text={needed.name} />
      <Command label="Value of the TXT record" text={needed.value} />
      <span className="mt-1.5 block text-12 text-text-2" role="status">
        {looked.error ? sentence(looked.error) : 'Looking for it'} We look every 10 s while this is open. Until then the page answers at{' '}
        {page.url}
      </span>
    </Note>
  )
}
