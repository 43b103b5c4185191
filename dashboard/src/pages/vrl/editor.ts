import { acceptCompletion, autocompletion, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { type Diagnostic as Marked, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Range } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  keymap,
  lineNumbers,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import type { DiagnosticBody } from '../../../../shared/logs/pipeline/schema.ts'
import { complete } from './complete.ts'
import type { Help } from './language.ts'
import { looks } from './looks.ts'
import { tokens } from './tokens.ts'

type Options = {
  parent: HTMLElement
  value: string
  label: string
  readOnly: boolean
  help: ReadonlyMap<string, Help>
  /** An event whose fields are offered after a dot. */
  event: () => unknown
  onChange: (value: string) => void
  onRun: () => void
  onSave: () => void
}
/** The editor lives outside of React; these are the strings it pulls. */
export type VrlEditor = {
  set: (value: string) => void
  mark: (found: readonly DiagnosticBody[]) => void
  goTo: (offset: number) => void
  describe: (attributes: Record<string, string>) => void
  destroy: () => void
}

export function vrlEditor({ parent, value, label, readOnly, help, event, onChange, onRun, onSave }: Options): VrlEditor {
  const described = new Compartment()
  const attributes = (more: Record<string, string>) => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', ...more })
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: value,
      extensions: [
        keymap.of([
          { key: 'Mod-Enter', run: () => done(onRun) },
          { key: 'Mod-s', run: () => done(onSave), preventDefault: true },
          { key: 'Tab', run: (v) => completionStatus(v.state) === 'active' && acceptCompletion(v) },
        ]),
        lineNumbers(),
        history(),
        placeholder('.level = downcase!(.level)'),
        coloured,
        autocompletion({ override: [(c) => complete(c, help, event(), insideText(c.state.doc.toString(), c.pos))], icons: false }),
        hoverTooltip((v, at) => hover(v, at, help), { hoverTime: 200 }),
        EditorState.readOnly.of(readOnly),
        EditorState.tabSize.of(2),
        // Esc, then Tab leaves the editor: a keyboard is not caught in it
        keymap.of([...historyKeymap, ...defaultKeymap, indentWithTab]),
        described.of(attributes({})),
        EditorView.updateListener.of((u) => u.docChanged && onChange(u.state.doc.toString())),
        EditorView.lineWrapping,
        looks,
      ],
    }),
  })
  return {
    set: (next) => {
      if (next !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    mark: (found) => view.dispatch(setDiagnostics(view.state, marksOf(found, view.state.doc.length))),
    goTo: (offset) => {
      const at = Math.min(offset, view.state.doc.length)
      view.focus()
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    },
    describe: (more) => view.dispatch({ effects: described.reconfigure(attributes(more)) }),
    destroy: () => view.destroy(),
  }
}

const done = (run: () => void): true => {
  run()
  return true
}

/** Under the primary label; a fault at the end of the program is shown at its last character. */
function marksOf(found: readonly DiagnosticBody[], end: number): Marked[] {
  return found.flatMap((d) => {
    const label = d.labels.find((l) => l.primary) ?? d.labels[0]
    if (!label || !end) return []
    const from = Math.min(label.start, end - 1)
    const to = Math.max(from + 1, Math.min(label.end, end))
    const message = [`${d.code}: ${d.message}`, ...d.labels.map((l) => l.message)].filter(Boolean).join('\n')
    return [{ from, to, severity: d.severity, message }]
  })
}

const insideText = (program: string, at: number): boolean =>
  tokens(program.slice(0, at)).some((t) => (t.kind === 'string' || t.kind === 'comment') && t.from < at && t.to >= at)

const classes = Object.fromEntries(
  ['field', 'operator', 'keyword', 'string', 'number', 'comment', 'function'].map((kind) => [
    kind,
    Decoration.mark({ class: `cm-t-${kind}` }),
  ]),
) as Record<string, Decoration>

const colours = (view: EditorView): DecorationSet =>
  Decoration.set(tokens(view.state.doc.toString()).map((t): Range<Decoration> => classes[t.kind]!.range(t.from, t.to)))

const coloured = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = colours(view)
    }
    update(u: ViewUpdate) {
      if (u.docChanged) this.decorations = colours(u.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function hover(view: EditorView, at: number, help: ReadonlyMap<string, Help>) {
  const word = view.state.wordAt(at)
  const f = word && help.get(view.state.sliceDoc(word.from, word.to))
  return f ? { pos: word.from, end: word.to, above: true, create: () => ({ dom: helpBox(f) }) } : null
}

/** What the hover shows; built of text nodes. */
function helpBox(f: Help): HTMLElement {
  const box = el('div', 'cm-help')
  box.append(el('code', 'cm-help-head', f.signature), el('p', '', f.summary))
  for (const p of f.parameters) {
    const line = el('p', 'cm-help-parameter')
    line.append(el('code', '', p.name), ` ${p.kind}${p.optional ? ', optional' : ''}${p.values ? `: ${p.values}` : ''}`)
    box.append(line)
  }
  const gives = [f.returns && `Gives ${f.returns}.`, f.fails && 'Can fail: write ! or ?? or take the error.'].filter(Boolean).join(' ')
  if (gives) box.append(el('p', '', gives))
  box.append(el('code', 'cm-help-example', f.example))
  return box
}

function el(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name)
  if (className) made.className = className
  made.textContent = text
  return made
}
