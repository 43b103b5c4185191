import { useQueries } from '@tanstack/react-query'
import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { ALL, type Chosen, chosenOf, interpolate } from '../../../../shared/metrics/boards/interpolate.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { labelValuesQuery } from './data.ts'
import { sharedValuesQuery, useShared } from './shared.ts'
import type { Variable } from './wire.ts'

/** What every variable offers and which of it is chosen; one variable's values may depend on those before it. */
export function useVariables(
  variables: readonly Variable[],
  given: Record<string, string>,
): { chosen: Chosen; offered: Record<string, readonly string[]> } {
  const known: Record<string, readonly string[]> = {}
  for (const v of variables) if (v.type !== 'query') known[v.name] = chosenOf(v, given[v.name], [])
  const queries = variables.filter((v) => v.type === 'query')
  for (const v of queries) known[v.name] = chosenOf(v, given[v.name], [])
  const token = useShared()
  const answers = useQueries({
    queries: queries.map((v) => {
      const { [v.name]: _, ...others } = known
      // of the others only what was chosen: the server knows what is open
      if (token)
        return sharedValuesQuery(token, v.name, Object.fromEntries(Object.entries(others).filter(([name]) => given[name]))) as ReturnType<
          typeof labelValuesQuery
        >
      return labelValuesQuery(v.label_name, v.match ? interpolate(v.match, others, { stepS: 60, rangeS: 3600 }) : '')
    }),
  })
  const offered: Record<string, readonly string[]> = {}
  const chosen: Record<string, readonly string[]> = { ...known }
  for (const v of variables) if (v.type !== 'query') offered[v.name] = v.values
  for (const [i, v] of queries.entries()) {
    offered[v.name] = answers[i]?.data ?? []
    chosen[v.name] = chosenOf(v, given[v.name], offered[v.name]!)
  }
  return { chosen, offered }
}

/** A filter bar of the board's variables; what is chosen stands in the address. */
export function Variables({
  variables,
  chosen,
  offered,
  onChange,
}: {
  variables: readonly Variable[]
  chosen: Chosen
  offered: Record<string, readonly string[]>
  onChange: (name: string, values: readonly string[]) => void
}) {
  if (!variables.length) return null
  return (
    <search className="mb-3 flex flex-wrap gap-2" aria-label="Variables">
      {variables.map((v) => (
        <One
          key={v.name}
          variable={v}
          chosen={chosen[v.name] ?? []}
          offered={offered[v.name] ?? []}
          onChange={(values) => onChange(v.name, values)}
        />
      ))}
    </search>
  )
}

function One({
  variable: v,
  chosen,
  offered,
  onChange,
}: {
  variable: Variable
  chosen: readonly string[]
  offered: readonly string[]
  onChange: (values: readonly string[]) => void
}) {
  const multi = v.type !== 'interval' && v.multi
  const all = v.type !== 'interval' && v.include_all
  const said =
    chosen.includes(ALL) || !chosen.length ? 'All' : chosen.length > 2 ? `${chosen[0]} and ${chosen.length - 1} more` : chosen.join(', ')
  const pick = (value: string) => {
    if (!multi || value === ALL) return onChange([value])
    const rest = chosen.filter((c) => c !== ALL)
    onChange(rest.includes(value) ? rest.filter((c) => c !== value) : [...rest, value])
  }
  const list = [...(all ? [ALL] : []), ...new Set([...offered, ...chosen.filter((c) => c !== ALL)])]
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="inline-flex h-(--control) max-w-full items-center gap-1.5 rounded-2 border border-line-strong bg-surface px-2.5 hover:bg-hover">
        <span className="text-12 text-text-3">{v.label || v.name}</span>
        <b className="max-w-52 truncate font-550">{said}</b>
        <Icon of={ChevronDown} size={12} className="text-text-3" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          aria-label={v.label || v.name}
          className="enter-pop z-40 max-h-80 min-w-44 overflow-auto rounded-3 bg-raised p-1 shadow-pop outline-none"
        >
          {list.slice(0, 500).map((value) => {
            const on = value === ALL ? chosen.includes(ALL) || !chosen.length : chosen.includes(value)
            return (
              <DropdownMenu.CheckboxItem
                key={value}
                checked={on}
                onSelect={(e) => multi && value !== ALL && e.preventDefault()}
                onCheckedChange={() => pick(value)}
                className="flex h-8 cursor-pointer items-center gap-2 rounded-2 px-2 outline-none data-highlighted:bg-active pointer-coarse:h-11"
              >
                <Icon of={Check} size={14} className={cx('text-accent', !on && 'invisible')} />
                <span className="max-w-80 truncate">{value === ALL ? 'All' : value}</span>
              </DropdownMenu.CheckboxItem>
            )
          })}
          {!list.length && <p className="px-2 py-1.5 text-12 text-text-3">No values yet.</p>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
