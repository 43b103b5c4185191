import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { readUrl, type Search, type Shape, type StateOf, writeUrl } from './url.ts'

/**
 * The view's state, kept in the address: `const [view, setView] = useUrlState(shape)`. A change of view is a step that Back
 * undoes; `{ replace: true }` is for what follows the hand (typing, the row under the cursor). `shape` stands outside the component.
 */
export function useUrlState<S extends Shape>(
  shape: S,
): [StateOf<S>, (patch: Partial<StateOf<S>>, options?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const state = useMemo(() => readUrl(shape, search), [shape, search])
  return [
    state,
    (patch, options) =>
      navigate({
        to: '.',
        search: ((now: Search) => writeUrl(shape, now, patch)) as never,
        replace: options?.replace ?? false,
        resetScroll: false,
      }),
  ]
}
