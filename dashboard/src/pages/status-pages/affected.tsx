import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { plural } from '../../words.ts'
import type { Component } from './draft.ts'
import { type Report, type Said, stateWord } from './queries.ts'
import { said, saidFirst } from './report-words.ts'

export type Affected = Report['affected']
const SHOWN = 3

type Props = {
  type: Report['type']
  components: readonly Component[]
  affected: Affected
  onChange: (affected: Affected) => void
  error?: string | undefined
}

/** What is measured beside what you say. What is not up stands first; the rest unfolds. */
export function AffectedList({ type, components, affected, onChange, error }: Props) {
  const [all, setAll] = useState(false)
  const is = (c: Component) => affected.find((a) => a.resource_id === c.id)?.status
  const sorted = [...components].sort((a, b) => Number(calm(a) && !is(a)) - Number(calm(b) && !is(b)))
  const shown = all ? sorted : sorted.slice(0, Math.max(SHOWN, sorted.filter((c) => !calm(c) || is(c)).length))
  const put = (c: Component, status: Said | null) =>
    onChange([...affected.filter((a) => a.resource_id !== c.id), ...(status ? [{ resource_id: c.id, status }] : [])])
  if (!components.length)
    return <p className="text-12 text-text-3">The page has no published component yet; the report stands by itself.</p>
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 text-text-2">Affected components</legend>
      <ul>
        {shown.map((c) => (
          <li
            key={c.id}
            className="grid min-h-10 grid-cols-[minmax(0,1fr)_168px] items-center gap-3 border-b border-line-soft last:border-b-0 phone:grid-cols-[minmax(0,1fr)] phone:gap-1 phone:py-2"
          >
            <label className="flex min-h-6 items-start gap-2 py-0.5 pointer-coarse:min-h-11 pointer-coarse:items-center">
              <input
                type="checkbox"
                className="mt-0.5 size-4 flex-none accent-accent-solid"
                checked={is(c) !== undefined}
                onChange={(e) => put(c, e.target.checked ? saidFirst(type, c.saved?.measured_status ?? 'unknown') : null)}
              />
              <span className="min-w-0">
                <span className="block truncate">{c.name}</span>
                <small className="block text-12 text-text-3">
                  measured: {stateWord[c.saved?.measured_status ?? 'unknown'].toLowerCase()}
                </small>
              </span>
            </label>
            {is(c) ? (
              <Select aria-label={`State of ${c.name}`} value={is(c)} onChange={(e) => put(c, e.target.value as Said)}>
                {said.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            ) : (
              <span className="text-text-3 phone:hidden">not affected</span>
            )}
          </li>
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button kind="ghost" className="px-0.5!" onClick={() => setAll(true)}>
          {plural(sorted.length - shown.length, 'more component')}
        </Button>
      )}
      {error && <p className="mt-1 text-12 text-down">{error}</p>}
    </fieldset>
  )
}

const calm = (c: Component): boolean => c.saved?.measured_status === 'operational' || c.saved?.measured_status === 'unknown'
