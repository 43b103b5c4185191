/** How an imported calendar's events are used: they say who is on call in a layer, or when a person cannot be. */
export const calendarUses = ['layer', 'unavailable'] as const
export type CalendarUse = (typeof calendarUses)[number]

/** What a feed shows. */
export const feedKinds = ['schedule', 'person', 'team'] as const
export type FeedKind = (typeof feedKinds)[number]
