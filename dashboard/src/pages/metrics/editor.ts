import { acceptCompletion, autocompletion, type CompletionSource, selectedCompletion } from '@codemirror/autocomplete'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { acceptFirst, type Common, coloured, type Editor, editor, marks, ran } from '../logs/editor.ts'
import { pieces } from './language.ts'

/** One line of PromQL: coloured, completed; Enter asks, Shift+Enter and pasted line breaks become lines. */
export const promqlEditor = (o: Common & { hint: string; complete: CompletionSource }): Editor =>
  editor(o, [
    placeholder(o.hint),
    coloured((view) => pieces(view.state.doc.toString()).map((p) => marks[p.kind]!.range(p.from, p.to))),
    autocompletion({ override: [o.complete], icons: false, selectOnOpen: false, aboveCursor: false }),
    keymap.of([
      { key: 'Enter', run: (view) => (selectedCompletion(view.state) ? acceptCompletion(view) : ran(o.onRun)) },
      { key: 'Tab', run: acceptFirst },
    ]),
    EditorView.lineWrapping,
    lines,
  ])

const lines = EditorView.theme({
  '&': { maxHeight: '30dvh' },
  '.cm-scroller': { overflow: 'auto' },
  '.cm-content': { padding: '5px 0 6px' },
  '.cm-line': { padding: '0' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '6px 10px',
    maxWidth: '340px',
    fontFamily: 'var(--sans)',
    fontSize: '12px',
    whiteSpace: 'pre-line',
  },
})
