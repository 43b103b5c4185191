import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** How often a write that must get through is tried. */
const AGAIN_MS = 2_000

type Change = (key: QueryKey, change: (old: never) => unknown) => void
type Write<A, R> = {
  send: (arg: A) => Promise<R>
  /** Cached answers change before the API answers; a refusal puts every one of them back. */
  atOnce?: (arg: A, change: <T>(key: QueryKey, change: (old: T) => T) => void) => void
  done?: (answer: R, arg: A) => void
  /** No answer is no refusal: it is asked again until one comes, for what must get through. */
  persistent?: boolean
  /** First words of the query keys that are old now. */
  refresh: readonly QueryKey[]
}

/** A change of something: optimistic where it can be, with its refusal to show beside what was pressed. */
export function useWrite<A, R>({ send, atOnce, done, refresh, persistent = false }: Write<A, R>) {
  const client = useQueryClient()
  return useMutation<R, unknown, A, () => void>({
    mutationFn: send,
    retry: (_, error) => persistent && error instanceof ApiError && error.status === 0,
    retryDelay: AGAIN_MS,
    onMutate: async (arg) => {
      const before: [QueryKey, unknown][] = []
      await Promise.all(refresh.map((queryKey) => client.cancelQueries({ queryKey })))
      const change: Change = (key, next) => {
        for (const [found, data] of client.getQueriesData({ queryKey: key })) {
          if (data === undefined) continue
          before.push([found, data])
          client.setQueryData(found, next(data as never))
        }
      }
      atOnce?.(arg, change)
      return () => {
        for (const [key, data] of before.reverse()) client.setQueryData(key, data)
      }
    },
    onError: (_error, _arg, putBack) => putBack?.(),
    onSuccess: done ?? (() => {}),
    onSettled: () => Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
