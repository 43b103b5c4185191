import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { PipelineBody, Signal } from '../../../../shared/logs/pipeline/schema.ts'
import { templates } from '../../../../shared/logs/pipeline/templates.ts'
import type { Source } from '../../../../shared/logs/schema.ts'
import { sentence } from '../../api.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { FieldError, Pick } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { choice } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { useWrite } from '../../write.ts'
import type { SourceHealth } from '../sources/queries.ts'
import { Did } from './did.tsx'
import { EventIn, EventOut } from './event.tsx'
import { type Chosen, Events } from './events.tsx'
import { useKept } from './kept.ts'
import { Program } from './program.tsx'
import { type Draft, eventsQuery, pipelinesQuery, savePipeline } from './queries.ts'
import { useLanguage, useTry } from './use-try.ts'
import { Versions } from './versions.tsx'

const shape = { signal: choice('logs', 'spans') }

/** The program of a source: written, tried on what really came, and saved. */
export function Transform({ source, writes, did }: { source: Source; writes: boolean; did: SourceHealth['vrl'] }) {
  const [{ signal }, setView] = useUrlState(shape)
  const query = useQuery(pipelinesQuery(source.id))
  return (
    <Load query={query} skeleton={<Skeleton rows={12} saying="Loading the program" />}>
      {(pipelines) => (
        <Editor
          key={signal}
          source={source.id}
          saved={pipelines[signal]}
          writes={writes}
          did={did.filter((d) => d.signal === signal)}
          onSignal={(next) => setView({ signal: next })}
        />
      )}
    </Load>
  )
}

type Props = { source: string; saved: PipelineBody; writes: boolean; did: SourceHealth['vrl']; onSignal: (signal: Signal) => void }
const none: unknown[] = []

function Editor({ source, saved, writes, did, onSignal }: Props) {
  const { signal } = saved
  const [draft, setDraft] = useState<Draft>(() => draftOf(saved))
  const [versions, setVersions] = useState(false)
  const [nth, setNth] = useState(0)
  // another version runs now, and nothing of one's own was typed over the last
  useEffect(() => setDraft(draftOf(saved)), [saved])
  const language = useLanguage()
  const came = useQuery(eventsQuery(source, signal))
  const [kept, keep] = useKept(`${source}.${signal}`)
  const [chosen, choose] = useState<Chosen>({ from: 'came', nth: 0 })
  const [typed, setTyped] = useState<unknown>()
  // the newest first: that is the one to look at
  const events = useMemo(() => came.data?.events.toReversed() ?? none, [came.data])
  const all = useMemo(() => [...kept, ...events], [kept, events])
  const at = chosen.from === 'kept' ? chosen.nth : kept.length + chosen.nth
  const event = typed !== undefined ? typed : (all[at] ?? all[0] ?? example(draft.program))
  const ran = useMemo(() => [event, ...all], [event, all])
  const tried = useTry(language, draft.program, ran, nth)
  const diagnostics = useMemo(() => (tried?.program === draft.program ? tried.diagnostics : []), [tried, draft.program])
  const wrong = diagnostics.some((d) => d.severity === 'error')
  const same = draft.program === saved.program && draft.drop_on_abort === saved.drop_on_abort && draft.drop_on_error === saved.drop_on_error
  const save = useWrite({
    send: (d: Draft) => savePipeline(source, d),
    done: () =>
      toast(draft.program ? 'Saved. It runs everywhere within 60 s.' : 'The program is gone. What arrives is stored as it comes.'),
    refresh: [
      ['sources', 'vrl', source],
      ['sources', 'one', source],
    ],
  })
  const trySave = () => {
    if (writes && !wrong && !same && !save.isPending) save.mutate(draft)
  }
  const set = (patch: Partial<Draft>) => setDraft((d) => ({ ...d, ...patch }))
  return (
    <>
      <Did did={did} />
      <Panel
        title="Transform"
        sub="VRL, as Vector runs it"
        actions={
          <>
            <Segmented<Signal>
              label="What it works on"
              value={signal}
              options={[
                ['logs', 'Logs'],
                ['spans', 'Spans'],
              ]}
              onChange={onSignal}
            />
            <Button icon={History} aria-label="Versions" onClick={() => setVersions(true)} />
            {writes && (
              <Menu
                label="Templates"
                trigger={<Button>Templates</Button>}
                items={templates.map((t) => ({
                  label: t.name,
                  run: () => {
                    set({ program: draft.program.trim() ? `${draft.program.trimEnd()}\n\n${t.program}` : t.program })
                    if (!all.length) setTyped(t.example)
                  },
                }))}
              />
            )}
          </>
        }
      >
        <div className="grid grid-cols-[minmax(0,5fr)_minmax(0,3fr)_minmax(0,4fr)] narrow:grid-cols-[minmax(0,1fr)]">
          <Pane title="Program">
            <Program
              value={draft.program}
              help={language?.help ?? null}
              event={event}
              diagnostics={diagnostics}
              readOnly={!writes}
              onChange={(program) => set({ program })}
              onRun={() => setNth(nth + 1)}
              onSave={trySave}
            />
          </Pane>
          <Pane title="Event in">
            <EventIn
              event={event}
              kept={kept.some((k) => JSON.stringify(k) === JSON.stringify(event))}
              onChange={setTyped}
              onKeep={() => {
                keep([...kept, event])
                choose({ from: 'kept', nth: kept.length })
                setTyped(undefined)
              }}
            />
          </Pane>
          <Pane title="Event out">
            <EventOut result={wrong ? undefined : tried?.results[0]} drops={{ abort: draft.drop_on_abort, error: draft.drop_on_error }} />
          </Pane>
        </div>
        <Events
          came={came}
          events={events}
          kept={kept}
          results={wrong ? [] : (tried?.results.slice(1) ?? [])}
          chosen={typed === undefined ? chosen : null}
          onChoose={(next) => {
            choose(next)
            setTyped(undefined)
          }}
          onForget={(i) => keep(kept.filter((_, k) => k !== i))}
          onRun={() => setNth(nth + 1)}
        />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line-soft px-3.5 py-3">
          <Pick
            label="abort leaves the event out"
            checked={draft.drop_on_abort}
            disabled={!writes}
            onChange={(e) => set({ drop_on_abort: e.target.checked })}
          />
          <Pick
            label="So does an error"
            help="Else it is stored as it came, marked"
            checked={draft.drop_on_error}
            disabled={!writes}
            onChange={(e) => set({ drop_on_error: e.target.checked })}
          />
          <span className="ml-auto flex flex-wrap items-center justify-end gap-2.5">
            {save.error ? (
              <span role="alert">
                <FieldError>{sentence(save.error)}</FieldError>
              </span>
            ) : (
              <span className="text-12 text-text-3">{stateOf(writes, wrong, same, saved)}</span>
            )}
            {!same && (
              <Button kind="ghost" onClick={() => setDraft(draftOf(saved))}>
                Discard
              </Button>
            )}
            <Button kind="primary" keys="mod+s" busy={save.isPending} disabled={!writes || wrong || same} onClick={trySave}>
              Save
            </Button>
          </span>
        </div>
      </Panel>
      {versions && <Versions source={source} signal={signal} writes={writes} onClose={() => setVersions(false)} />}
    </>
  )
}

const Pane = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section
    aria-label={title}
    className="min-w-0 border-r border-line-soft last:border-r-0 narrow:border-r-0 narrow:border-b narrow:last:border-b-0"
  >
    <h3 className="border-b border-line-soft px-3.5 py-1.5 text-12 text-text-3">{title}</h3>
    {children}
  </section>
)

const draftOf = ({ signal, program, drop_on_abort, drop_on_error }: PipelineBody): Draft => ({
  signal,
  program,
  drop_on_abort,
  drop_on_error,
})

/** Something to see the program work on while nothing came yet. */
const example = (program: string): unknown =>
  templates.find((t) => program.includes(t.program.trim()))?.example ?? { message: 'hello', level: 'INFO' }

const stateOf = (writes: boolean, wrong: boolean, same: boolean, saved: PipelineBody): string => {
  if (!writes) return 'Your role does not change programs.'
  if (wrong) return 'It does not compile yet.'
  if (!same) return 'Not saved'
  return saved.version === null ? 'No program: what arrives is stored as it comes.' : `Version ${saved.version} runs.`
}
