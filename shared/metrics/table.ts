export { alertHeads, alerts } from './alerts/table.ts'
export { boards, boardVersions } from './boards/table.ts'
export { ruleGroups } from './rules/table.ts'
