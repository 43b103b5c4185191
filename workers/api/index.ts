import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { Problem } from '../../shared/problem.ts'
import { alerts } from './alerts.ts'
import { auth } from './auth.ts'
import { authPerson } from './auth-person.ts'
import { authTeam } from './auth-team.ts'
import { boardLinks } from './board-links.ts'
import { boards } from './boards.ts'
import { contacts } from './contacts.ts'
import { derivedMetrics } from './derived-metrics.ts'
import { answerProblem, type Door, door } from './door.ts'
import { health } from './health.ts'
import { incidents } from './incidents.ts'
import { integrations } from './integrations.ts'
import { live } from './live.ts'
import { logArchive } from './log-archive.ts'
import { logs } from './logs.ts'
import { logsRead } from './logs-read.ts'
import { metrics } from './metrics.ts'
import { notificationRules } from './notification-rules.ts'
import { oncall } from './oncall.ts'
import { oncallCalendars } from './oncall-calendars.ts'
import { oncallCovers } from './oncall-covers.ts'
import { oncallPreviews } from './oncall-previews.ts'
import { oncallReports } from './oncall-reports.ts'
import { oncallSchedules } from './oncall-schedules.ts'
import { oncallSimulate } from './oncall-simulate.ts'
import { oncallWho } from './oncall-who.ts'
import { openapi } from './openapi.ts'
import { policyGroups } from './policy-groups.ts'
import { prometheus } from './prometheus.ts'
import { rules } from './rules.ts'
import { savedQueries } from './saved-queries.ts'
import { sharedBoards } from './shared-boards.ts'
import { logsSql, warehouse } from './sql.ts'
import { statusPages } from './status-pages.ts'
import { traces } from './traces.ts'
import { uptime } from './uptime.ts'
import { urgencies } from './urgencies.ts'
import { vrl } from './vrl.ts'
import { wellKnown } from './well-known.ts'
import { arrived, whoIsAsking } from './who.ts'

const BODY_BYTES_MAX = 1_000_000

/** A body that is not JSON is refused before anything reads it. */
const jsonOnly = createMiddleware<Door>(async (c, next) => {
  const type = c.req.header('content-type')
  const form = c.req.path.startsWith('/prometheus/') && /^application\/x-www-form-urlencoded\b/i.test(type ?? '')
  if (type && !form && !['GET', 'HEAD', 'DELETE'].includes(c.req.method) && !/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw new Problem('unsupported-media-type', 'Send the body as application/json.')
  await next()
})

const limit = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: () => {
    throw new Problem('too-large', 'A body is at most 1 MB here.')
  },
})

/** Door 1. Above the guard: what strangers may ask. Below it: one line per noun. */
export const api = door()
  .use(arrived, limit, jsonOnly)
  .route('/api/health', health)
  .route('/.well-known', wellKnown)
  .route('/api/auth', auth)
  .route('/api/auth', authPerson)
  .route('/api/shared/dashboards', sharedBoards)
  .use('/api/*', whoIsAsking)
  .use('/prometheus/*', whoIsAsking)
  .route('/api/auth', authTeam)
  .route('/api/live', live)
  .route('/api/status-pages', statusPages)
  .route('/api/logs', logs)
  .route('/api/logs/sources', logArchive)
  .route('/api/logs', logsRead)
  .route('/api/logs', logsSql)
  .route('/api/logs', vrl)
  .route('/api/logs/queries', savedQueries)
  .route('/api/logs/derived-metrics', derivedMetrics)
  .route('/api/warehouse', warehouse)
  .route('/api/traces', traces)
  .route('/api/uptime', uptime)
  .route('/api/incidents', incidents)
  .route('/api/oncall', oncall)
  .route('/api/oncall', oncallSchedules)
  .route('/api/oncall', oncallCalendars)
  .route('/api/oncall', oncallPreviews)
  .route('/api/oncall/cover-requests', oncallCovers)
  .route('/api/oncall/reports', oncallReports)
  .route('/api/oncall/simulate', oncallSimulate)
  .route('/api/oncall/who-is-oncall', oncallWho)
  .route('/api/oncall/policy-groups', policyGroups)
  .route('/api/oncall/urgencies', urgencies)
  .route('/api/oncall/contact-methods', contacts)
  .route('/api/oncall/notification-rules', notificationRules)
  .route('/api/integrations', integrations)
  .route('/api/metrics', metrics)
  .route('/api/metrics/dashboards', boards)
  .route('/api/metrics/dashboards', boardLinks)
  .route('/api/metrics/alerts', alerts)
  .route('/api/metrics/rules', rules)
  .route('/prometheus/api/v1', prometheus)

api.route('/api/openapi.json', openapi(api))
api.notFound((c) => answerProblem(new Problem('not-found', 'This path does not exist. /api/openapi.json lists those that do.'), c))
api.onError((e, c) => answerProblem(e, c))

/** The dashboard's client is typed by this (hono/client). */
export type Api = typeof api
