import * as z from 'zod'
import type { ProblemBody } from '../../shared/problem.ts'

/** The problem's shape for OpenAPI. Not in shared/problem.ts: objects throw problems, and start faster without a validation library. */
export const ProblemSchema: z.ZodType<ProblemBody> = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string(), at: z.int().optional() })).optional(),
    diagnostics: z.array(z.looseObject({})).optional().describe('What a compiler says, as VrlDiagnostic'),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' })
