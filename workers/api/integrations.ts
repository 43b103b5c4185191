import { deliveryBody, enqueueTest, getDelivery, listDeliveries, sendAgain } from '../../shared/integrations/deliveries.ts'
import {
  DeliveryBody,
  DeliveryDetail,
  DeliveryList,
  ListDeliveries,
  SecretMade,
  WebhookBody,
  WebhookChange,
  WebhookInput,
  WebhookList,
  WebhookMade,
} from '../../shared/integrations/schema.ts'
import { newSecret, sealSecret } from '../../shared/integrations/secret.ts'
import {
  changeWebhook,
  deleteWebhook,
  listWebhooks,
  makeWebhook,
  readWebhook,
  rotateSecret,
  WEBHOOKS_MAX,
} from '../../shared/integrations/store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { iso } from '../../shared/time.ts'
import { isAllowedTarget } from '../../shared/uptime/checks/guard.ts'
import { drainOutbox } from '../outbox.ts'
import { teamChanged } from './changed.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'

/** `/api/integrations`: outgoing webhooks and what became of every delivery. */
export const integrations = door()
  .get('/webhooks', can('integrations:read'), says('Outgoing webhooks', WebhookList), takes('query', PageQuery), async (c) => {
    const page = c.req.valid('query')
    const { data, total } = await listWebhooks(c.var.db, c.var.team, page, Date.now())
    return c.json({ data, pagination: pagination(new URL(c.req.url), page, total) })
  })
  .post(
    '/webhooks',
    can('integrations:write'),
    says('Make an endpoint; its secret is shown this once', WebhookMade, 201),
    takes('json', WebhookInput),
    (c) =>
      once(c, async (also) => {
        const input = c.req.valid('json')
        mayBeAsked(c, input.url)
        const { secret, sealed } = await aSecret(c)
        const made = await makeWebhook(c.var.db, c.var.team, input, sealed, c.var.person, Date.now(), also)
        if (made === 'too-many') throw new Problem('conflict', `A team has at most ${WEBHOOKS_MAX} endpoints. Delete one first.`)
        teamChanged(c)
        return { ...made, secret }
      }),
  )
  .get('/webhooks/:id', can('integrations:read'), says('One endpoint', WebhookBody), async (c) => c.json(await webhookOf(c)))
  .patch('/webhooks/:id', can('integrations:write'), says('Change an endpoint', WebhookBody), takes('json', WebhookChange), async (c) => {
    const change = c.req.valid('json')
    if (change.url !== undefined) mayBeAsked(c, change.url)
    if (!(await changeWebhook(c.var.db, c.var.team, idOf(c), change, Date.now()))) throw unknown()
    teamChanged(c)
    return c.json(await webhookOf(c))
  })
  .delete('/webhooks/:id', can('integrations:write'), says('Delete an endpoint', null, 204), async (c) => {
    if (!(await deleteWebhook(c.var.db, c.var.team, idOf(c), Date.now()))) throw unknown()
    teamChanged(c)
    return c.body(null, 204)
  })
  .post('/webhooks/:id/rotate-secret', can('integrations:write'), says('Another secret, shown this once', SecretMade), async (c) => {
    const { secret, sealed } = await aSecret(c)
    const until = await rotateSecret(c.var.db, c.var.team, idOf(c), sealed, Date.now())
    if (until === null) throw unknown()
    teamChanged(c)
    return c.json({ secret, previous_until: iso(until) })
  })
  .post('/webhooks/:id/test', can('integrations:write'), says('Send a test message', DeliveryBody, 201), async (c) => {
    const { id } = await webhookOf(c)
    const { event, statements } = enqueueTest(c.var.db, c.var.team, id, Date.now())
    await c.var.db.batch(statements)
    await drainOutbox(c.env, Date.now(), c.var.team)
    const [made] = (await listDeliveries(c.var.db, c.var.team, id, { page: 1, per_page: 1, event })).data
    if (!made) throw unknown()
    return c.json(made, 201)
  })

  .get(
    '/webhooks/:id/deliveries',
    can('integrations:read'),
    says('Deliveries, newest first', DeliveryList),
    takes('query', ListDeliveries),
    async (c) => {
      const page = c.req.valid('query')
      const { id } = await webhookOf(c)
      const { data, total } = await listDeliveries(c.var.db, c.var.team, id, page)
      return c.json({ data, pagination: pagination(new URL(c.req.url), page, total) })
    },
  )
  .get('/webhooks/:id/deliveries/:delivery', can('integrations:read'), says('One delivery', DeliveryDetail), async (c) => {
    const row = await deliveryOf(c)
    return c.json({ ...deliveryBody(row), payload: JSON.parse(row.body) as unknown })
  })
  .post(
    '/webhooks/:id/deliveries/:delivery/resend',
    can('integrations:write'),
    says('Send this again, under the same webhook-id', DeliveryBody),
    async (c) => {
      const { enabled } = await webhookOf(c)
      const row = await deliveryOf(c)
      if (!enabled && row.type !== 'webhook.test') throw new Problem('conflict', 'This endpoint is switched off. Switch it on first.')
      await sendAgain(c.var.db, row, Date.now())
      teamChanged(c)
      return c.json(deliveryBody((await getDelivery(c.var.db, c.var.team, row.id))!))
    },
  )

const unknown = () => new Problem('not-found', 'This team has no endpoint with this id.')

async function webhookOf(c: Asked): Promise<WebhookBody> {
  const found = await readWebhook(c.var.db, c.var.team, idOf(c), Date.now())
  if (!found) throw unknown()
  return found
}

async function deliveryOf(c: Asked) {
  const [webhook, id] = [idOf(c), idOf(c, 'delivery')]
  const row = await getDelivery(c.var.db, c.var.team, id)
  if (row?.webhook !== webhook) throw new Problem('not-found', 'This endpoint has no delivery with this id.')
  return row
}

async function aSecret(c: Asked) {
  const secret = newSecret(crypto.getRandomValues(new Uint8Array(32)))
  return { secret, sealed: await sealSecret(ring(c.env.SECRET_KEYS), c.var.team, secret) }
}

function mayBeAsked(c: Asked, url: string): void {
  if (isAllowedTarget(new URL(url), Boolean(c.env.ALLOW_PRIVATE_TARGETS))) return
  throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
    errors: [{ path: 'url', code: 'blocked', message: 'Private and reserved addresses are not reached from here.' }],
  })
}
