import { ListFilter, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { complete, type FilterField, isFinished, parseFilter, suggest, type Token, tokenText } from '../filter.ts'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { useKeys } from './use-keys.ts'

/** A token as it stands in a sentence. */
export const TokenChip = ({ token, onRemove }: { token: Token; onRemove?: () => void }) => (
  <span className="inline-flex h-6 items-center rounded-1 border border-accent-line bg-accent-soft pl-[7px] text-12 whitespace-nowrap pointer-coarse:h-8">
    <span className="text-text-2">{token.key}:</span>
    <b className={cx('font-550', !onRemove && 'pr-[7px]')}>{token.value}</b>
    {onRemove && (
      <button
        type="button"
        aria-label={`Remove ${token.key} ${token.value}`}
        onClick={onRemove}
        className="grid size-6 place-items-center text-text-2 hover:text-text focus-visible:-outline-offset-2 pointer-coarse:size-8"
      >
        <Icon of={X} size={12} />
      </button>
    )}
  </span>
)

/**
 * Tokens `key:value`, typed or picked, and free text. `onText` follows every keystroke (the caller replaces the address);
 * tokens change in one step. Esc clears the text, then the last token; `f` and `/` come here.
 */
export function FilterBar({
  label,
  placeholder,
  fields,
  tokens,
  text,
  onChange,
  views,
  count,
}: {
  label: string
  placeholder: string
  fields: readonly FilterField[]
  tokens: readonly Token[]
  text: string
  onChange: (next: { tokens: Token[]; text: string }, typing: boolean) => void
  views?: ReactNode
  count?: ReactNode
}) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  // what is being typed is ahead of the address; Back, a view or a cleared filter come from elsewhere
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(text)
  }, [text])
  const focus = () => input.current?.focus()
  useKeys([
    { keys: 'f', label: 'Filter', group: 'This page', run: focus },
    { keys: '/', label: 'Filter', group: 'This page', run: focus, hidden: true },
  ])
  const suggestions = open ? suggest(typed, fields) : []

  /** A word that has become a token leaves the field and joins the chips. */
  const take = (next: string, done = isFinished(next)) => {
    setActive(-1)
    const found = parseFilter(
      next,
      fields.map((f) => f.key),
    )
    if (done && found.tokens.length) {
      setTyped(found.text)
      const merged = [...tokens]
      for (const t of found.tokens) if (!merged.some((m) => tokenText(m) === tokenText(t))) merged.push(t)
      onChange({ tokens: merged, text: found.text }, false)
    } else {
      setTyped(next)
      // a half-typed `key:` is not yet a search for it
      onChange(
        {
          tokens: [...tokens],
          text: next.replace(/(^|\s)[\w-]+:\S*$/, (m, s) => (fields.some((f) => m.trim().startsWith(`${f.key}:`)) ? s : m)).trim(),
        },
        true,
      )
    }
  }
  const pick = (insert: string) => {
    take(complete(typed, insert))
    focus()
  }
  const onKeyDown = (e: KeyboardEvent<HTMLInputElement>) => {
    if (suggestions.length && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault()
      setActive((a) => (a + (e.key === 'ArrowDown' ? 1 : suggestions.length + (a < 0 ? 1 : 0) - 1)) % suggestions.length)
    } else if (e.key === 'Enter' || (e.key === 'Tab' && active >= 0)) {
      if (active >= 0) {
        e.preventDefault()
        pick(suggestions[active]!.insert)
      } else take(typed, true)
    } else if (e.key === 'Escape') {
      e.stopPropagation()
      e.preventDefault()
      if (suggestions.length && active >= 0) setActive(-1)
      else if (typed) take('')
      else if (tokens.length) onChange({ tokens: tokens.slice(0, -1), text: '' }, false)
      else input.current?.blur()
    } else if (e.key === 'Backspace' && !typed && tokens.length) onChange({ tokens: tokens.slice(0, -1), text: '' }, false)
  }

  return (
    <search className="relative flex min-h-10 flex-wrap items-center gap-1.5 border-b border-line-soft py-[5px] pr-2 pl-3">
      <Icon of={ListFilter} className="text-text-3" />
      {tokens.map((t) => (
        <TokenChip key={tokenText(t)} token={t} onRemove={() => onChange({ tokens: tokens.filter((o) => o !== t), text: typed }, false)} />
      ))}
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-l`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={tokens.length ? '' : placeholder}
        value={typed}
        onChange={(e) => {
          setOpen(true)
          take(e.target.value)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="h-7 min-w-[120px] flex-1 bg-transparent px-1 focus-visible:-outline-offset-1 phone:text-16 pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      <div
        id={`${id}-l`}
        role="listbox"
        aria-label="Suggestions"
        hidden={!suggestions.length}
        className="enter-pop absolute top-full left-8 z-20 mt-1 min-w-56 rounded-3 bg-raised p-1 shadow-pop"
      >
        {suggestions.map((s, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={s.insert}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => pick(s.insert)}
            className="flex h-8 cursor-pointer items-center gap-3 rounded-2 px-2 hover:bg-hover aria-selected:bg-active"
          >
            <span className="font-550">{s.label}</span>
            <span className="ml-auto text-12 text-text-3 in-aria-selected:text-text-2">{s.hint}</span>
          </div>
        ))}
      </div>
      {views}
      {count && <span className="px-1.5 text-12 whitespace-nowrap text-text-3 phone:hidden">{count}</span>}
      <Kbd keys="f" />
    </search>
  )
}
