import { useRouter } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type MouseEvent, type Ref, useCallback } from 'react'
import { parseSearch } from '../url.ts'
import { cx } from './cx.ts'

export type ToProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; replace?: boolean; ref?: Ref<HTMLAnchorElement> }

/** What another door serves, or another origin: loaded as a page of its own. */
const isElsewhere = (href: string): boolean => /^([a-z]+:|\/\/|\/s\/|\/a\/|\/mailbox|\/api\/|#)/.test(href)
/** The browser's own ways to follow a link (new tab, download) stay its own. */
export const isPlainClick = (e: MouseEvent): boolean =>
  e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey && !e.defaultPrevented

/** Goes to a path of the dashboard (`/monitors/<id>?tab=checks`), the team's prefix added. `?a=b` alone stays on the page. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter()
  return useCallback(
    (href, options) => {
      if (isElsewhere(href)) return location.assign(href)
      const [path = '', search = ''] = href.split('?')
      router.navigate({ to: path || '.', search: parseSearch(search), replace: options?.replace ?? false })
    },
    [router],
  )
}

/** A link within the dashboard. */
export function To({ href, replace = false, onClick, ...rest }: ToProps) {
  const router = useRouter()
  const go = useGo()
  if (isElsewhere(href)) return <a href={href} onClick={onClick} {...rest} />
  const base = router.basepath === '/' ? '' : (router.basepath ?? '')
  return (
    <a
      href={href.startsWith('?') ? href : `${base}${href}`}
      onMouseEnter={() => href.startsWith('/') && router.preloadRoute({ to: href.split('?')[0] } as never)}
      onClick={(e) => {
        onClick?.(e)
        if (!isPlainClick(e)) return
        e.preventDefault()
        go(href, { replace })
      }}
      {...rest}
    />
  )
}

/** In running text. */
export const TextLink = ({ className, ...rest }: ToProps) => (
  <To {...rest} className={cx('text-accent underline decoration-accent-line underline-offset-3 hover:decoration-current', className)} />
)
