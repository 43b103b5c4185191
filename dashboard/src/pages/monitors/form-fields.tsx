import { useQuery } from '@tanstack/react-query'
import { majority, places } from '../../../../shared/uptime/regions.ts'
import { groupsQuery, membersQuery, policiesQuery } from '../../queries.ts'
import { Field, Options, Select, TextInput, Two, Unit } from '../../ui/field.tsx'
import type { Region } from '../../wire.ts'
import type { Draft } from './draft.ts'
import { Folds } from './form-folds.tsx'
import { type FieldsProps, typing } from './form-typing.ts'
import { ladderWords } from './ladder-words.ts'
import { Seen } from './seen.tsx'

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

/** Every attribute of a monitor; what is rarely changed is folded and says its present value. */
export function Fields(props: FieldsProps) {
  const { draft: d, errors: e, change, isNew } = props
  const policies = useQuery(policiesQuery).data ?? []
  const members = useQuery(membersQuery).data ?? []
  const groups = useQuery(groupsQuery).data ?? []
  const policy = policies.find((p) => (d.policy ? p.id === d.policy : p.is_default))
  const n = d.regions.length
  const other = !periods.some(([v]) => v === d.every)
  const text = typing(props)
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
      <Folds {...props} />
    </>
  )
}

/** What the API names it when nothing is typed: the host. */
const nameOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')
