import { useQuery } from '@tanstack/react-query'
import { majority, places } from '../../../../shared/uptime/regions.ts'
import { groupsQuery, membersQuery, policiesQuery } from '../../queries.ts'
import { Field, FieldError, Fold, Options, Pick, Select, TextArea, TextInput, Three, Two, Unit } from '../../ui/field.tsx'
import type { Region } from '../../wire.ts'
import { bodyMethods, type Draft, type Errors, METHODS } from './draft.ts'
import { Headers } from './form-headers.tsx'
import { dayNames, nextWindow, sayCodes, sayHow, sayRequest, sayWindow } from './form-words.ts'
import { ladderWords } from './ladder-words.ts'
import { Seen } from './seen.tsx'

type Props = {
  draft: Draft
  errors: Errors
  change: (patch: Partial<Draft>) => void
  onLeave: (field: keyof Draft) => void
  isNew: boolean
}

const types = [
  ['status', 'Answers with 2xx'],
  ['expected_status_code', 'Answers with these codes'],
  ['keyword', 'Page contains a word'],
  ['keyword_absence', 'Page does not contain a word'],
] as const
const periods = [
  ['10', '10 s'],
  ['30', '30 s'],
  ['60', '1 m'],
  ['300', '5 m'],
  ['3600', '1 h'],
] as const
const zones = Intl.supportedValuesOf('timeZone')

/** Every attribute of a monitor; what is rarely changed is folded and says its present value. */
export function Fields({ draft: d, errors: e, change, onLeave, isNew }: Props) {
  const policies = useQuery(policiesQuery).data ?? []
  const members = useQuery(membersQuery).data ?? []
  const groups = useQuery(groupsQuery).data ?? []
  const policy = policies.find((p) => (d.policy ? p.id === d.policy : p.is_default))
  const n = d.regions.length
  const other = !periods.some(([v]) => v === d.every)
  const text = (field: keyof Draft) => ({
    value: d[field] as string,
    onChange: (ev: { target: { value: string } }) => change({ [field]: ev.target.value }),
    onBlur: () => onLeave(field),
  })
  const withCodes = d.type === 'expected_status_code'
  const withWords = d.type === 'keyword' || d.type === 'keyword_absence'
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5 pb-3.5">
        <div>
          <Field label="What should stay up?" error={e.url}>
            {(aria) => (
              <TextInput
                {...aria}
                {...text('url')}
                big
                type="url"
                inputMode="url"
                autoComplete="url"
                spellCheck={false}
                placeholder="https://"
              />
            )}
          </Field>
          {isNew && !e.url && <Seen url={d.url} />}
        </div>
        <Two>
          <Field label="Check">
            {(aria) => (
              <Select {...aria} value={d.type} onChange={(ev) => change({ type: ev.target.value as Draft['type'] })}>
                {types.map(([v, label]) => (
                  <option key={v} value={v}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Name" aside="as read aloud" error={e.name}>
            {(aria) => <TextInput {...aria} {...text('name')} placeholder={nameOf(d.url)} />}
          </Field>
        </Two>
        {withWords && (
          <Field
            label={d.type === 'keyword' ? 'Page contains' : 'Page does not contain'}
            help="Case matters. The first 1 MB is read."
            error={e.keyword}
          >
            {(aria) => <TextInput {...aria} {...text('keyword')} />}
          </Field>
        )}
        {withCodes && (
          <Field label="Status codes" help="Codes or ranges: 200, 204, 300-399" error={e.codes}>
            {(aria) => <TextInput {...aria} {...text('codes')} mono inputMode="numeric" placeholder="200, 204" />}
          </Field>
        )}
        <div className="grid gap-2">
          <Options
            legend="Every"
            type="radio"
            options={[...periods.map(([value, label]) => ({ value, label })), { value: 'other', label: 'Other' }]}
            chosen={[other ? 'other' : d.every]}
            onChange={([v]) => change({ every: v === 'other' ? '15' : v! })}
            error={other ? undefined : e.every}
          />
          {other && (
            <Field label="Other period" error={e.every}>
              {(aria) => <Unit {...aria} {...text('every')} unit="s" />}
            </Field>
          )}
        </div>
        <Options
          legend="Regions"
          type="checkbox"
          className="phone:grid phone:grid-cols-2"
          options={Object.entries(places).map(([value, { label }]) => ({
            value,
            label: (
              <>
                <span className="font-mono text-12">{value}</span> <span className="text-text-2">{label}</span>
              </>
            ),
          }))}
          chosen={d.regions}
          onChange={(chosen) => change({ regions: (Object.keys(places) as Region[]).filter((r) => chosen.includes(r)) })}
          help="One region checks each time, in turn. A failure makes all of them check at once."
          error={e.regions}
        />
        <Two>
          <Field
            label="Down when"
            error={e.quorum}
            help={
              !d.quorum || Number(d.quorum) === majority(n)
                ? `Majority. ${n > 1 ? 'One region alone never pages.' : 'One region decides alone.'}`
                : Number(d.quorum) === 1
                  ? 'One region alone pages.'
                  : `${d.quorum} must agree.`
            }
          >
            {(aria) => <Unit {...aria} {...text('quorum')} unit={`of ${n} fail`} placeholder={n ? String(majority(n)) : ''} />}
          </Field>
          <Field label="Timeout" help="1 to 60 s" error={e.timeout}>
            {(aria) => <Unit {...aria} {...text('timeout')} unit="s" />}
          </Field>
        </Two>
        <Two>
          <Field label="Who is paged" help={policy && ladderWords(policy, members)} error={e.policy}>
            {(aria) => (
              <Select {...aria} value={d.policy} onChange={(ev) => change({ policy: ev.target.value })}>
                <option value="">Team default</option>
                {policies
                  .filter((p) => !p.is_default)
                  .map((p) => (
                    <option key={p.id} value={p.id}>
                      {p.name}
                    </option>
                  ))}
              </Select>
            )}
          </Field>
          <Field label="Group" aside="optional" error={e.group}>
            {(aria) => (
              <Select {...aria} value={d.group} onChange={(ev) => change({ group: ev.target.value })}>
                <option value="">No group</option>
                {groups.map((g) => (
                  <option key={g.id} value={g.id}>
                    {g.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Two>
      </div>
      <Fold title="Request" now={sayRequest(d)} open={Boolean(e.method || e.headers || e.body || e.user || e.password)}>
        <div className="grid grid-cols-[104px_repeat(2,minmax(0,1fr))] gap-3 phone:grid-cols-[minmax(0,1fr)]">
          <Field label="Method" error={e.method}>
            {(aria) => (
              <Select {...aria} value={d.method} onChange={(ev) => change({ method: ev.target.value })}>
                {METHODS.map((m) => (
                  <option key={m}>{m}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="User" aside="basic auth" error={e.user}>
            {(aria) => <TextInput {...aria} {...text('user')} autoComplete="off" />}
          </Field>
          <Field label="Password" aside="kept encrypted" error={e.password}>
            {(aria) => (
              <TextInput
                {...aria}
                {...text('password')}
                type="password"
                autoComplete="new-password"
                placeholder={d.passwordSet ? '•••••••• stays' : ''}
              />
            )}
          </Field>
        </div>
        <Headers headers={d.headers} error={e.headers} onChange={(headers) => change({ headers })} />
        <Field label="Body" help={bodyMethods.includes(d.method) ? undefined : 'With POST, PUT, PATCH. A GET sends none.'} error={e.body}>
          {(aria) => <TextArea {...aria} {...text('body')} mono rows={3} spellCheck={false} />}
        </Field>
        <Pick
          label="Follow redirects"
          help="up to 10; the last answer counts"
          checked={d.redirects}
          onChange={(ev) => change({ redirects: ev.target.checked })}
        />
      </Fold>
      {!withCodes && !withWords && (
        <Fold title="Expects" now={sayCodes(d)}>
          <p className="text-12 text-text-3">
            Any code from 200 to 299. For other codes or a word on the page, choose another check above.
          </p>
        </Fold>
      )}
      <Fold title="Confirm and recover" now={sayHow(d)} open={Boolean(e.confirm || e.recover)}>
        <Two>
          <Field label="Fails for, before down" help="0: the first round decides" error={e.confirm}>
            {(aria) => <Unit {...aria} {...text('confirm')} unit="s" />}
          </Field>
          <Field label="Well for, before up" help="A new failure within 15 m reopens" error={e.recover}>
            {(aria) => <Unit {...aria} {...text('recover')} unit="s" />}
          </Field>
        </Two>
      </Fold>
      <Fold title="Maintenance window" now={sayWindow(d)} open={Boolean(e.from || e.to || e.days || e.zone)}>
        <Pick label="Every week, at this time" checked={d.window} onChange={(ev) => change({ window: ev.target.checked })} />
        {d.window && (
          <>
            <Options
              legend="On these days"
              type="checkbox"
              className="grid! grid-cols-7 gap-1 [&_input]:sr-only [&_label]:justify-center [&_label]:px-0 [&_label]:text-12 [&_label:has(:focus-visible)]:outline-2 [&_label:has(:focus-visible)]:outline-accent-solid"
              options={dayNames.map(([value, label]) => ({ value, label }))}
              chosen={d.days}
              onChange={(days) => change({ days: dayNames.map(([v]) => v).filter((v) => days.includes(v)) })}
              error={e.days}
            />
            <Three>
              <Field label="From" error={e.from}>
                {(aria) => <TextInput {...aria} {...text('from')} />}
              </Field>
              <Field label="To" error={e.to}>
                {(aria) => <TextInput {...aria} {...text('to')} />}
              </Field>
              <Field label="Zone">
                {(aria) => (
                  <Select {...aria} value={d.zone} onChange={(ev) => change({ zone: ev.target.value })}>
                    {[...new Set([d.zone, 'UTC', ...zones])].map((z) => (
                      <option key={z}>{z}</option>
                    ))}
                  </Select>
                )}
              </Field>
            </Three>
            {e.zone && <FieldError>{e.zone}</FieldError>}
            {!e.from && !e.to && !e.days && (
              <p className="text-12 text-text-3">{nextWindow(d)} Checks go on, nobody is paged, uptime leaves it out.</p>
            )}
          </>
        )}
      </Fold>
    </>
  )
}

/** What the API names it when nothing is typed: the host. */
const nameOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')
