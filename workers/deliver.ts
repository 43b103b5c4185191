import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Env } from '../durable-objects/env.ts'
import type { Posted } from '../durable-objects/stubs.ts'
import { notify } from '../shared/notify/index.ts'
import type { Page, Receipt } from '../shared/notify/page.ts'
import { waysOut } from './out.ts'
import { post } from './post.ts'

/** Sends one page in an invocation of its own. What it returns is the receipt; it does not throw for anything a provider does. */
export class Deliver extends WorkerEntrypoint<Env> {
  send(page: Page): Promise<Receipt> {
    return notify[page.channel](page, waysOut(this.env))
  }

  /** What waits in this team's outbox. */
  async drain(team: string): Promise<void> {
    const { drainOutbox } = await import('./outbox.ts')
    return drainOutbox(this.env, Date.now(), team)
  }

  /** One message to a customer's endpoint: a hung one then holds up no other. */
  post(url: string, headers: Record<string, string>, body: string): Promise<Posted> {
    return post(this.env, url, headers, body)
  }
}
