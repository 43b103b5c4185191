import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { QueryClient } from '@tanstack/react-query'
import { count, plural } from '../../words.ts'
import { aggregators, completingAt, functionDocs } from './language.ts'
import { labelsQuery, namesQuery, valuesQuery } from './queries.ts'

const calls: Completion[] = [
  ...Object.entries(aggregators).map(([name, doc]) => ({ label: name, apply: `${name}(`, detail: 'aggregation', info: doc, boost: -10 })),
  ...functionDocs.map((f) => ({
    label: f.name,
    apply: `${f.name}(`,
    detail: 'function',
    info: `${f.name}${f.signature}\n${f.doc}\n${f.example}`,
    boost: -20,
  })),
]

/** Metrics with type and help, functions with their documentation, labels and values of the metric at hand. */
export async function completions(context: CompletionContext, client: QueryClient): Promise<CompletionResult | null> {
  const at = completingAt(context.state.doc.toString(), context.pos)
  if (!at || (at.what === 'name' && !at.part && !context.explicit)) return null
  const options = await optionsFor(at, client).catch(() => [])
  return { from: at.from, options, validFor: at.what === 'value' ? /^[^"]*$/ : /^[\w:]*$/ }
}

async function optionsFor(at: NonNullable<ReturnType<typeof completingAt>>, client: QueryClient): Promise<Completion[]> {
  switch (at.what) {
    case 'name': {
      const { data } = await client.fetchQuery(namesQuery)
      const metrics = data.map((m) => ({
        label: m.name,
        detail: m.type === 'unknown' ? 'metric' : m.type,
        info: [m.help, plural(m.series, 'series', 'series')].filter(Boolean).join('\n'),
      }))
      return [...metrics, ...calls]
    }
    case 'label':
      return (await client.fetchQuery(labelsQuery(at.metric))).filter((name) => name !== '__name__').map((label) => ({ label }))
    case 'value': {
      const values = await client.fetchQuery(valuesQuery(at.label, at.metric))
      return values.map((label) => ({ label: label.replace(/[\\"]/g, '\\$&'), detail: values.length > 1 ? '' : `${count(1)} value` }))
    }
    default:
      return at satisfies never
  }
}
