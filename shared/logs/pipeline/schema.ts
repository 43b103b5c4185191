import * as z from 'zod'
import { ActorBody } from '../../actor.ts'
import { PageQuery } from '../../page.ts'

/** What a program works on; each has a program of its own. */
export const signals = ['logs', 'spans'] as const
export type Signal = (typeof signals)[number]
const lower = (v: unknown) => (typeof v === 'string' ? v.toLowerCase() : v)
const Signal = z.preprocess(lower, z.enum(signals))

/** Which events are left out instead of stored as they came. Stored as one word. */
export const drops = ['nothing', 'abort', 'error', 'abort,error'] as const
export type Drops = (typeof drops)[number]
/** `error`: the program failed, the event was stored as it came. `aborted`: likewise by `abort`. `dropped`: it was left out. */
export const outcomeNames = ['error', 'aborted', 'dropped'] as const
export type OutcomeName = (typeof outcomeNames)[number]

const PROGRAM_MAX = 64 * 1024
const Program = z.string().max(PROGRAM_MAX)

/** What a compiler of VRL found. Offsets are UTF-16 units into the program; lines and columns count from 1. */
export const DiagnosticBody = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string().describe('E100 and so on, as the language names it'),
    message: z.string(),
    labels: z.array(
      z.object({
        message: z.string(),
        primary: z.boolean().describe('The place of the fault; the others give context'),
        start: z.int(),
        end: z.int(),
        line: z.int(),
        column: z.int(),
      }),
    ),
    notes: z.array(z.string()),
    rendered: z.string().describe('As the vrl tool prints it'),
  })
  .meta({ id: 'VrlDiagnostic' })
export type DiagnosticBody = z.infer<typeof DiagnosticBody>

/** Body of `PATCH /api/logs/sources/{id}/vrl-pipeline`; an empty program removes it. The defaults are those of Vector's `remap`. */
export const PipelinePatch = z
  .strictObject({
    signal: Signal.default('logs'),
    program: Program.optional(),
    vrl_pipeline: Program.optional().describe('The same as program'),
    drop_on_abort: z.boolean().default(true).describe('abort leaves the event out; else it is stored as it came'),
    drop_on_error: z
      .boolean()
      .default(false)
      .describe('An error leaves the event out; else it is stored as it came, marked _tocsin.vrl_error'),
  })
  .refine((p) => (p.program === undefined) !== (p.vrl_pipeline === undefined), {
    error: 'Send the program as program (or vrl_pipeline).',
    path: ['program'],
  })
  .meta({ id: 'VrlPipelinePatch' })

const fields = {
  signal: z.enum(signals),
  program: z.string(),
  drop_on_abort: z.boolean(),
  drop_on_error: z.boolean(),
}
export const PipelineBody = z
  .object({
    ...fields,
    version: z.int().nullable().describe('null before the first'),
    author: ActorBody.nullable(),
    changed_at: z.string().nullable(),
    warnings: z.array(DiagnosticBody),
  })
  .meta({ id: 'VrlPipeline' })
export type PipelineBody = z.infer<typeof PipelineBody>
export const PipelinesBody = z.object({ logs: PipelineBody, spans: PipelineBody }).meta({ id: 'VrlPipelines' })

export const VersionsQuery = PageQuery.extend({ signal: Signal.default('logs') })
export const VersionBody = z
  .object({
    ...fields,
    id: z.string(),
    version: z.int(),
    restored_from: z.int().nullable(),
    author: ActorBody,
    created_at: z.string(),
  })
  .meta({ id: 'VrlVersion' })
export type VersionBody = z.infer<typeof VersionBody>

/** Body of `POST …/vrl-pipeline/rollback`. */
export const Rollback = z.strictObject({ signal: Signal.default('logs'), version: z.int().min(1) }).meta({ id: 'VrlRollback' })

export const EventsQuery = z.object({ signal: Signal.default('logs'), last: z.coerce.number().int().min(1).max(100).default(10) })
const from = z
  .enum(['given', 'received', 'stored'])
  .describe('received: as they came, before the program. stored: rebuilt from stored rows, where all numbers were text')
export const EventsBody = z.object({ from, events: z.array(z.unknown()) }).meta({ id: 'VrlEvents' })
export type EventsBody = z.infer<typeof EventsBody>

/** Body of `POST /api/logs/vrl/run`: given events, or the last ones of a source. */
export const Run = z
  .strictObject({
    program: Program,
    signal: Signal.default('logs'),
    events: z.array(z.unknown()).min(1).max(100).optional(),
    source_id: z.uuid().toLowerCase().optional(),
    last: z.int().min(1).max(100).default(10).describe('How many events of the source'),
  })
  .refine((r) => (r.events === undefined) !== (r.source_id === undefined), {
    error: 'Send events, or the source_id whose last events are to be taken.',
    path: ['events'],
  })
  .meta({ id: 'VrlRun' })
export const RunBody = z
  .object({
    diagnostics: z.array(DiagnosticBody).describe('Errors: nothing ran. Warnings: it ran'),
    from,
    results: z.array(
      z.object({
        event: z.unknown().describe('As it went in'),
        outcome: z.enum(['ok', 'aborted', 'error']),
        events: z.array(z.unknown()).describe('What the program leaves: several when it leaves an array. With an error or abort, nothing'),
        value: z.unknown().describe('What the last expression gives'),
        message: z.string().nullable(),
        steps: z.int().describe('Of the limit of 100,000 for one event'),
        elapsed_us: z.number().describe('0 on Cloudflare, whose clock stands still while a program runs'),
      }),
    ),
    elapsed_ms: z.number(),
  })
  .meta({ id: 'VrlRunResult' })
export type RunBody = z.infer<typeof RunBody>

/** Part of a source's health. */
export const Outcomes = z.array(
  z.object({
    signal: z.enum(signals),
    outcome: z.enum(outcomeNames),
    message: z.string().describe('The latest at this place of the program'),
    count: z.int(),
    first: z.string(),
    last: z.string(),
  }),
)
