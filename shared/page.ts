import * as z from 'zod'

/** Lists by page: WIRE "Lists". `page` counts from 1. */
export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  per_page: z.coerce.number().int().min(1).max(250).default(50),
})
export type PageQuery = z.infer<typeof PageQuery>

const Url = z.string().nullable()
export const Pagination = z.object({ first: Url, last: Url, prev: Url, next: Url }).meta({ id: 'Pagination' })

/** `{data, pagination}` around a list of `item`. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), pagination: Pagination })
/** `{data, pagination: {next}}` around a feed. */
export const feedOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), pagination: z.object({ next: Url }) })

/** Absolute links around page `page` of `total` items; `url` is the request's own, its filters are kept. */
export function pagination(url: URL, { page, per_page }: PageQuery, total: number): z.infer<typeof Pagination> {
  const last = Math.max(1, Math.ceil(total / per_page))
  const at = (n: number) => {
    const link = new URL(url)
    link.searchParams.set('page', String(n))
    link.searchParams.set('per_page', String(per_page))
    return link.href
  }
  return { first: at(1), last: at(last), prev: page > 1 ? at(Math.min(page - 1, last)) : null, next: page < last ? at(page + 1) : null }
}
