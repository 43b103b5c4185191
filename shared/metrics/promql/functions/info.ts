import { enrich } from './families/enrich.ts'
import type { PromFunction } from './function.ts'

export const info = {
  name: 'info',
  args: ['vector', 'vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'Adds the labels of info series, such as target_info, to the series that have the same instance and job.',
  example: 'info(rate(http_requests_total[5m]), {k8s_cluster_name=~".+"})',
  run: enrich,
} as const satisfies PromFunction
