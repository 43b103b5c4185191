/** What a service on a page is said to be. `unknown`: nothing measures it now, and nobody says anything. */
export const componentStates = ['operational', 'degraded', 'downtime', 'maintenance', 'unknown'] as const
export type ComponentState = (typeof componentStates)[number]
/** What a report may say of a service. Better Stack's words. */
export const saidStates = ['operational', 'degraded', 'downtime', 'maintenance'] as const
export type SaidState = (typeof saidStates)[number]

export const reportTypes = ['incident', 'maintenance'] as const
export type ReportType = (typeof reportTypes)[number]

/** Where a report stands, in the order it goes through; the last one of each type ends it. */
export const reportStatuses = {
  incident: ['investigating', 'identified', 'monitoring', 'resolved'],
  maintenance: ['scheduled', 'in_progress', 'verifying', 'completed'],
} as const satisfies Record<ReportType, readonly string[]>
export type ReportStatus = (typeof reportStatuses)[ReportType][number]
export const isOver = (status: ReportStatus): boolean => status === 'resolved' || status === 'completed'
export const fits = (type: ReportType, status: ReportStatus): boolean => (reportStatuses[type] as readonly string[]).includes(status)

/** What a report says of one service of its page. */
export type Affected = { resource_id: string; status: SaidState }
