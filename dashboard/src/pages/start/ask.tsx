import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { places } from '../../../../shared/uptime/regions.ts'
import { ApiError, api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { saw, tryUrl } from '../../try.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { FieldError, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shape, states, toneText } from '../../ui/status.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { Monitor, Region, Seen } from '../../wire.ts'
import { count } from '../../words.ts'
import { addressOf, verdictOf } from './verdict.ts'

const regions = Object.keys(places) as Region[]
const TIMEOUT_S = 15

type Props = { url: string; onUrl: (url: string) => void; watched: Monitor | null; onWatched: (m: Monitor) => void }

/** One field; the check runs live from every region under it; one press watches. */
export function Ask({ url, onUrl, watched, onWatched }: Props) {
  const id = useId()
  const { may } = useMe()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(url)
  const [asked, setAsked] = useState<{ url: string; at: number } | null>(null)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const looks = useQueries({
    queries: regions.map((region) => ({
      queryKey: ['try', asked?.url, region, asked?.at],
      queryFn: () => tryUrl(asked!.url, { regions: [region], request_timeout: TIMEOUT_S }).then((r) => r.results[0]!),
      enabled: asked !== null,
      retry: false,
      staleTime: Infinity,
    })),
  })
  const refusal = looks.find((l) => l.error)?.error
  const refused = refusal && (refusal instanceof ApiError ? (refusal.errors[0]?.message ?? refusal.message) : sentence(refusal))
  const results = looks.flatMap((l) => (l.data ? [l.data] : []))
  const done = asked !== null && results.length === regions.length

  const ask = () => {
    const address = addressOf(typed)
    setError(null)
    if (!/^https?:\/\/[^\s/]/i.test(address) || !URL.canParse(address)) {
      setAsked(null)
      return setError('Write an address such as https://api.example.com')
    }
    setTyped(address)
    onUrl(address)
    setAsked({ url: address, at: Date.now() })
  }
  const watch = async () => {
    if (!done || saving || watched) return
    setSaving(true)
    try {
      const made = await api.post<Monitor>('/api/uptime/monitors', { url: asked.url }, { key: `start-${asked.at}` })
      onWatched(made)
      await client.invalidateQueries({ queryKey: ['monitors'] })
    } catch (e) {
      setError(e instanceof ApiError && e.errors[0] ? e.errors[0].message : sentence(e))
    } finally {
      setSaving(false)
    }
  }
  useKeys([{ keys: 'mod+enter', label: 'Watch this', group: 'Actions', run: () => void watch() }])
  useEffect(() => {
    if (url) ask()
  }, [])
  const wrong = error ?? (refused || null)
  return (
    <Panel label="What should stay up?">
      <form
        noValidate
        className="px-6 pt-6 pb-5 phone:p-4"
        onSubmit={(e) => {
          e.preventDefault()
          ask()
        }}
      >
        <h2 className="text-20 font-semibold tracking-[-0.015em]">
          <label htmlFor={id}>What should stay up?</label>
        </h2>
        <div className="mt-3 grid grid-cols-[minmax(0,1fr)_auto] gap-2 phone:grid-cols-[minmax(0,1fr)]">
          <TextInput
            ref={input}
            id={id}
            autoFocus
            name="url"
            type="url"
            inputMode="url"
            autoComplete="url"
            spellCheck={false}
            placeholder="https://"
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={`${id}-h`}
            className="h-12! px-3.5! text-16!"
          />
          <Button type="submit" keys="enter" className="h-12 px-5 text-14">
            Check
          </Button>
        </div>
        <div id={`${id}-h`} className="mt-2" role={wrong ? 'alert' : undefined}>
          {wrong ? (
            <FieldError>{wrong}</FieldError>
          ) : (
            <p className="text-12 text-text-3">A URL. Ports, DNS, cron jobs and other tools’ files come later.</p>
          )}
        </div>
      </form>
      {asked && !refused && (
        <>
          <ul aria-label="Checks from each region" className="border-t border-line-soft">
            {regions.map((region, i) => (
              <Row key={region} region={region} seen={looks[i]?.data} slowest={Math.max(...results.map((r) => r.response_time_ms), 1)} />
            ))}
          </ul>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-6 pt-3.5 pb-4 phone:px-4" role="status">
            <Verdict results={results} asked={asked.at} done={done} watched={watched} />
            {watched ? (
              <ButtonLink kind="primary" big href={`/monitors/${watched.id}`} className="phone:w-full">
                Open it
              </ButtonLink>
            ) : (
              <>
                {done && !verdictOf(results, regions.length).up && (
                  <Button big className="phone:w-full" onClick={() => input.current?.select()}>
                    Other address
                  </Button>
                )}
                <Button
                  kind="primary"
                  big
                  disabled={!done || !may('uptime:write')}
                  busy={saving}
                  keys="mod+enter"
                  className="phone:w-full"
                  onClick={watch}
                >
                  {done && !verdictOf(results, regions.length).up ? 'Watch it anyway' : 'Watch this'}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </Panel>
  )
}

function Row({ region, seen, slowest }: { region: Region; seen: Seen | undefined; slowest: number }) {
  const state = seen ? seen.outcome : 'validating'
  return (
    <li className="grid min-h-10 grid-cols-[20px_150px_76px_minmax(0,1fr)_76px] items-center gap-x-3 border-b border-line-soft px-6 phone:min-h-11 phone:grid-cols-[20px_minmax(0,1fr)_76px_68px] phone:px-4">
      <span className={seen ? toneText[states[state].tone] : 'text-idle'}>
        <Shape state={state} />
        <span className="sr-only">{seen ? states[state].word : 'asking'}</span>
      </span>
      <span>
        <span className="font-mono text-12">{region}</span> <span className="text-text-3">{places[region].label}</span>
      </span>
      <span className={cx('truncate font-mono text-12', seen?.outcome === 'down' && 'font-550 text-down', !seen && 'text-text-3')}>
        {seen ? saw(seen) : '···'}
      </span>
      <span className="phone:hidden">
        <span
          aria-hidden="true"
          className={cx(
            'block h-1.5 min-w-0.5 rounded-[3px]',
            seen ? (seen.outcome === 'up' ? 'bg-s1' : 'bg-down-solid') : 'border border-dashed border-line-strong',
          )}
          style={{ width: seen ? `${Math.max(2, (seen.response_time_ms / slowest) * 90)}%` : '18%' }}
        />
      </span>
      <span className={cx('text-right whitespace-nowrap', !seen && 'text-text-3')}>
        {seen ? (
          <>
            {count(seen.response_time_ms)} <span className="text-text-3">ms</span>
          </>
        ) : (
          'asking'
        )}
      </span>
    </li>
  )
}

type VerdictProps = { results: readonly Seen[]; asked: number; done: boolean; watched: Monitor | null }

function Verdict({ results, asked, done, watched }: VerdictProps) {
  const { up, says } = verdictOf(results, regions.length)
  const [bold, rest] = watched
    ? ['It is watched.', 'The first check has run by now; the next one is due within 30 s.']
    : !done
      ? [`${results.length} of ${regions.length} regions answered.`, <Waiting key={asked} since={asked} />]
      : up
        ? [says, 'Every 30 s, the 4 regions in turn; 3 of 4 to confirm; pages you by e-mail.']
        : [says, 'That is a first verdict. Watched now, it pages you at once.']
  return (
    <p className="min-w-60 flex-1">
      <b className="font-550">{bold}</b> <span className="text-text-2">{rest}</span>
    </p>
  )
}

/** "1.4 s of 15 s", counting in tenths; not announced. */
function Waiting({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [])
  return (
    <>
      The others are still being asked
      <span aria-hidden="true">
        , {Math.min(TIMEOUT_S, (now - since) / 1000).toFixed(1)} s of {TIMEOUT_S} s
      </span>
      .
    </>
  )
}
