import { type Completion, type CompletionContext, type CompletionResult, snippetCompletion } from '@codemirror/autocomplete'
import type { Help } from './language.ts'

const keywords = ['if', 'else', 'abort', 'return', 'null', 'true', 'false']

/** What may stand at the cursor: fields of the event after a dot; functions and keywords elsewhere. Nothing inside strings and comments. */
export function complete(
  context: CompletionContext,
  help: ReadonlyMap<string, Help>,
  event: unknown,
  isText: boolean,
): CompletionResult | null {
  if (isText) return null
  const path = context.matchBefore(/\.(?:[\w@]+\.)*[\w@]*$/)
  if (path && !/[\w\])"]/.test(context.state.sliceDoc(path.from - 1, path.from))) return fieldsFor(path, event)
  const word = context.matchBefore(/[a-z_]\w*$/)
  if (!word && !context.explicit) return null
  return {
    from: word?.from ?? context.pos,
    options: [...functionsOf(help), ...keywords.map((label) => ({ label, type: 'keyword' }))],
    validFor: /^\w*$/,
  }
}

function fieldsFor({ from, text }: { from: number; text: string }, event: unknown): CompletionResult | null {
  const steps = text.slice(1).split('.')
  const last = steps.pop() ?? ''
  let at: unknown = event
  for (const step of steps)
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : null
  if (typeof at !== 'object' || at === null || Array.isArray(at)) return null
  const options = Object.entries(at).map(([name, value]): Completion => {
    const shown = JSON.stringify(value) ?? ''
    return {
      label: /^[A-Za-z_@][\w@]*$/.test(name) ? name : JSON.stringify(name),
      detail: shown.length > 24 ? `${shown.slice(0, 23)}…` : shown,
      type: 'property',
    }
  })
  return options.length ? { from: from + text.length - last.length, options, validFor: /^[\w@]*$/ } : null
}

const made = new WeakMap<ReadonlyMap<string, Help>, Completion[]>()
function functionsOf(help: ReadonlyMap<string, Help>): Completion[] {
  const known = made.get(help)
  if (known) return known
  const options = [...help.values()].map((f) => {
    const needed = f.parameters.filter((p) => !p.optional).map((p) => `\${${p.name}}`)
    return snippetCompletion(`${f.name}${f.fails ? '!' : ''}(${needed.join(', ')})`, {
      label: f.name,
      detail: f.returns.length > 24 ? '' : f.returns,
      info: f.summary,
      type: 'function',
    })
  })
  made.set(help, options)
  return options
}
