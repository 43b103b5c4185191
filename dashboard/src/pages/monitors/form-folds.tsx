import { Field, FieldError, Fold, Options, Pick, Select, TextArea, TextInput, Three, Two, Unit } from '../../ui/field.tsx'
import { bodyMethods, METHODS } from './draft.ts'
import { Headers } from './form-headers.tsx'
import { type FieldsProps, typing } from './form-typing.ts'
import { dayNames, nextWindow, sayCodes, sayHow, sayRequest, sayWindow } from './form-words.ts'

const zones = Intl.supportedValuesOf('timeZone')

/** What is rarely changed, each part saying its present value while it is closed. */
export function Folds(props: FieldsProps) {
  const { draft: d, errors: e, change } = props
  const text = typing(props)
  const plain = d.type === 'status'
  return (
    <>
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
      {plain && (
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
