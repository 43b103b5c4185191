/** What can become of a cover request. */
export const coverStatuses = ['pending', 'accepted', 'rejected', 'canceled'] as const
export type CoverStatus = (typeof coverStatuses)[number]
