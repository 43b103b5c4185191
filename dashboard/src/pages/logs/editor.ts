import {
  acceptCompletion,
  autocompletion,
  type CompletionSource,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { syntaxTree } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension, type Range } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers, placeholder, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { clickhouse } from './dialect.ts'
import { pieces } from './syntax.ts'

/** Where in the text something is wrong: offsets. */
export type Wrong = { from: number; to: number; message: string } | null
export type Common = {
  parent: HTMLElement
  value: string
  label: string
  onChange: (value: string) => void
  /** Enter in the one-line field, ⌘↵ in both. */
  onRun: () => void
}
/** Editors live outside of React; these are the strings it pulls. */
export type Editor = {
  set: (value: string) => void
  mark: (wrong: Wrong) => void
  focus: () => void
  describe: (attributes: Record<string, string>) => void
  destroy: () => void
}

/** The search field: one line, coloured and completed in the search language. */
export const searchEditor = (
  o: Common & { hint: string; complete: CompletionSource; onEscape: () => void; onFocus: (focused: boolean) => void },
): Editor =>
  editor(o, [
    EditorState.transactionFilter.of((tr) =>
      tr.newDoc.lines > 1 ? [tr, { changes: joined(tr.newDoc.toString()), sequential: true }] : tr,
    ),
    placeholder(o.hint),
    coloured(searchMarks),
    autocompletion({ override: [o.complete], icons: false, selectOnOpen: false, aboveCursor: false }),
    keymap.of([
      { key: 'Enter', run: (view) => (selectedCompletion(view.state) ? acceptCompletion(view) : ran(o.onRun)) },
      { key: 'Tab', run: acceptFirst },
      { key: 'Escape', run: (view) => (completionStatus(view.state) === null ? ran(o.onEscape) : false) },
    ]),
    EditorView.focusChangeEffect.of((_, focused) => {
      o.onFocus(focused)
      return null
    }),
    oneLine,
  ])

/** The SQL editor, with the columns of the tables it may read. */
export const sqlEditor = (o: Common & { schema: Record<string, string[]> }): Editor =>
  editor(o, [
    lineNumbers(),
    sql({ dialect: clickhouse, schema: o.schema, upperCaseKeywords: true }),
    coloured(sqlMarks),
    autocompletion({ icons: false }),
    keymap.of([{ key: 'Tab', run: (view) => (completionStatus(view.state) === 'active' ? acceptFirst(view) : false) }]),
    EditorView.lineWrapping,
    manyLines,
  ])

export function editor({ parent, value, label, onChange, onRun }: Common, own: Extension[]): Editor {
  const described = new Compartment()
  const attributes = (more: Record<string, string>) => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', ...more })
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: value,
      extensions: [
        keymap.of([{ key: 'Mod-Enter', run: () => ran(onRun) }]),
        own,
        history(),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        described.of(attributes({})),
        EditorView.updateListener.of((u) => u.docChanged && onChange(u.state.doc.toString())),
        looks,
      ],
    }),
  })
  return {
    set: (next) => next !== view.state.doc.toString() && view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    mark: (wrong) => {
      const end = view.state.doc.length
      const at = wrong && { from: Math.min(wrong.from, Math.max(0, end - 1)), to: Math.min(wrong.to, end) }
      const found = at && at.to > at.from ? [{ ...at, severity: 'error' as const, message: wrong.message }] : []
      view.dispatch(setDiagnostics(view.state, found))
    },
    focus: () => {
      view.focus()
      view.dispatch({ selection: { anchor: view.state.doc.length } })
    },
    describe: (more) => view.dispatch({ effects: described.reconfigure(attributes(more)) }),
    destroy: () => view.destroy(),
  }
}

export const ran = (run: () => void): true => {
  run()
  return true
}
const joined = (text: string) => {
  const out: { from: number; to: number; insert: string }[] = []
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) out.push({ from: i, to: i + 1, insert: ' ' })
  return out
}
export const acceptFirst = (view: EditorView): boolean =>
  completionStatus(view.state) === 'active' && (selectedCompletion(view.state) || moveCompletionSelection(true)(view))
    ? acceptCompletion(view)
    : false

const mark = (name: string) => Decoration.mark({ class: `cm-t-${name}` })
export const marks = Object.fromEntries(
  ['field', 'operator', 'value', 'keyword', 'string', 'number', 'comment', 'function'].map((n) => [n, mark(n)]),
) as Record<string, Decoration>

const searchMarks = (view: EditorView): Range<Decoration>[] =>
  pieces(view.state.doc.toString()).map((p) => marks[p.kind]!.range(p.from, p.to))

const nodes: Record<string, string> = {
  Keyword: 'keyword',
  Bool: 'keyword',
  Null: 'keyword',
  Type: 'function',
  Builtin: 'function',
  String: 'string',
  Number: 'number',
  LineComment: 'comment',
  BlockComment: 'comment',
}
function sqlMarks(view: EditorView): Range<Decoration>[] {
  const out: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges)
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const called = node.name === 'Identifier' && view.state.sliceDoc(node.to, node.to + 1) === '('
        const kind = called ? 'function' : nodes[node.name]
        if (kind && node.to > node.from) out.push(marks[kind]!.range(node.from, node.to))
      },
    })
  return out
}

export const coloured = (of: (view: EditorView) => Range<Decoration>[]) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = Decoration.set(of(view), true)
      }
      update(u: ViewUpdate) {
        if (u.docChanged || u.viewportChanged || syntaxTree(u.state) !== syntaxTree(u.startState))
          this.decorations = Decoration.set(of(u.view), true)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )

const looks = EditorView.theme({
  '&': { fontSize: '13px', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '21px' },
  '.cm-content': { caretColor: 'var(--accent-solid)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', borderRight: '1px solid var(--line-soft)' },
  '.cm-t-field, .cm-t-function': { color: 'var(--accent)' },
  '.cm-t-operator, .cm-t-comment': { color: 'var(--text-3)' },
  '.cm-t-value': { color: 'var(--text)' },
  '.cm-t-keyword': { color: 'var(--maint)', fontWeight: '550' },
  '.cm-t-string': { color: 'var(--up)' },
  '.cm-t-number': { color: 'var(--warn)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--down-solid)',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '0',
    borderRadius: 'var(--r-3)',
    boxShadow: 'var(--shadow-pop)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '12px',
    maxHeight: '260px',
    padding: '4px',
    minWidth: '220px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '28px',
    padding: '0 8px',
    borderRadius: 'var(--r-1)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--active)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '550' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', fontFamily: 'var(--sans)', color: 'var(--text-2)' },
  '.cm-tooltip-lint': { padding: '6px 10px', fontFamily: 'var(--sans)' },
  '@media (width <= 760px)': { '&': { fontSize: '16px' } },
})
export const oneLine = EditorView.theme({
  '&': { height: '32px' },
  '.cm-scroller': { overflowX: 'auto', overflowY: 'hidden', scrollbarWidth: 'none' },
  '.cm-content': { padding: '5px 0 6px', whiteSpace: 'pre' },
  '.cm-line': { padding: '0' },
})
const manyLines = EditorView.theme({
  '&': { maxHeight: '40dvh' },
  '.cm-content': { padding: '8px 0', minHeight: '120px' },
  '.cm-line': { padding: '0 12px' },
})
