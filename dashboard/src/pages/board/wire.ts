import type { AlertBody, AlertCounts, AlertHistory, BacktestBody } from '../../../../shared/metrics/alerts/schema.ts'
import type {
  BoardBody,
  BoardLine,
  BoardVersions,
  ImportedBoard,
  Panel as PanelBody,
  Unit,
  Variable,
} from '../../../../shared/metrics/boards/schema.ts'

/** What crosses the wire of dashboards and alerts. Types only. */
export type Board = BoardBody
export type { AlertCounts, BoardLine, ImportedBoard, Unit, Variable }
export type Panel = PanelBody
export type Alert = AlertBody
export type Backtest = BacktestBody
export type History = AlertHistory
export type Versions = BoardVersions

/** `POST /api/metrics/query`: times in seconds, values as text. */
export type Answer = {
  resultType: 'vector' | 'matrix' | 'scalar' | 'string'
  result:
    | readonly { metric: Record<string, string>; values?: readonly [number, string][]; value?: [number, string] }[]
    | readonly [number, string]
  warnings: readonly string[]
}

export type { RuleGroupBody as RuleGroup } from '../../../../shared/metrics/rules/schema.ts'
