import { DurableObject } from 'cloudflare:workers'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { type Filter, FRAME_MS, frameOf, nextSeq, Recent, Seen, sameFilter, Watch } from '../shared/logs/tail.ts'
import { ANY, DOOR_CACHE_MS, renewWatched, WATCHED_MS } from '../shared/logs/watched.ts'
import type { Env } from './env.ts'
import { type Listener, SseStream, say } from './tail-listener.ts'
import { within } from './within.ts'

const RENEW_MS = 30_000
const RENEW_SOON_MS = 3000
const RENEW_WITHIN_MS = 2000
const LISTENERS_MAX = 2000
const FILTERS_MAX = 200
/** Characters looked at per frame for all filters together; what is beyond is counted as dropped. */
const LOOK_CHARS = 16_000_000

type Group = { watch: Watch; members: Set<Listener>; joining: { listener: Listener; after: number }[] }
/** Accepted rows of one source, as the door stored them; `more` rows came with them and were left out. */
export type Batch = { source: string; rows: string; more: number }
type Attached = { filter: Filter; name: string }

/**
 * Who watches a source's records, or a team's (`<team>/<source>`, `<team>/*`). Never asks ClickHouse: the doors bring what they
 * accepted, and the last records are held for those who come back. Frames are written once per distinct filter.
 */
export class Tail extends DurableObject<Env> {
  private readonly groups = new Map<string, Group>()
  private recent: Recent
  private seq: number
  private timer: ReturnType<typeof setTimeout> | undefined
  private looked = 0
  private name = ''
  /** Until then the doors bring us everything without a gap; 0: they may not know of us. */
  private watchedUntil = 0
  private brought = new Set<string>()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    this.seq = nextSeq(0, Date.now())
    this.recent = new Recent(this.seq)
    const sockets = ctx.getWebSockets()
    if (sockets.length) ctx.blockConcurrencyWhile(() => this.wokenWith(sockets))
  }

  /** `filter` and `after` come from the door in the address, checked there. A WebSocket, or a stream of events; 429 when too many watch. */
  override async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams
    const filter = JSON.parse(asked.get('filter') ?? '') as Filter
    this.name = asked.get('name') ?? ''
    if (this.listeners().length >= LISTENERS_MAX || (!this.groups.has(sameFilter(filter)) && this.groups.size >= FILTERS_MAX))
      return new Response(null, { status: 429 })
    await this.group(filter)
    await this.renew()
    const after = Number(asked.get('after') ?? this.seq)
    const ready = JSON.stringify({ type: 'ready', cursor: String(after), gap: asked.has('after') && after < this.recent.floor })
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      const stream = new SseStream(() => this.leave(stream))
      say(stream, ready)
      await this.join(filter, stream, after)
      return stream.response
    }
    const [client, server] = Object.values(new WebSocketPair()) as [WebSocket, WebSocket]
    this.ctx.acceptWebSocket(server)
    server.serializeAttachment({ filter, name: this.name } satisfies Attached)
    say(server, ready)
    await this.join(filter, server, after)
    return new Response(null, { status: 101, webSocket: client })
  }

  /** Every line of `rows` is shown to whom it concerns, within FRAME_MS. `also`: what other requests brought with it. */
  publish({ also = [], ...first }: Batch & { also?: Batch[] }): void {
    const at = Date.now()
    for (const batch of [first, ...also]) this.show(batch, at)
  }

  private show({ source, rows, more }: Batch, at: number): void {
    const watches = [...this.groups.values()].map((g) => g.watch).filter((w) => w.sees(source))
    for (let from = 0, to = rows.indexOf('\n'); to >= 0; from = to + 1, to = rows.indexOf('\n', from)) {
      this.seq = nextSeq(this.seq, at)
      const seen = new Seen(this.seq, source, rows.slice(from, to))
      this.recent.add(seen)
      for (const watch of watches) {
        if (!watch.all) this.looked += seen.text.length
        if (watch.all || this.looked <= LOOK_CHARS) watch.offer(seen)
        else watch.missed(1, seen.seq)
      }
    }
    if (more) for (const watch of watches) watch.missed(more, this.seq)
    if (watches.length) this.timer ??= setTimeout(() => this.flush(), FRAME_MS)
  }

  /** Keeps the doors informed while somebody watches. */
  override async alarm(): Promise<void> {
    const listeners = this.listeners()
    if (!listeners.length) return
    for (const listener of listeners) if (listener instanceof SseStream) listener.ping()
    await this.renew()
  }

  /** Its team is gone: nobody watches any more. */
  forget(): void {
    for (const listener of this.listeners()) {
      this.leave(listener)
      listener.close(1008, 'This team was deleted')
    }
  }

  override webSocketMessage(): void {
    // those who watch only listen; pings are answered without waking this object
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.leave(socket)
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  override webSocketError(socket: WebSocket): void {
    this.leave(socket)
  }

  private async wokenWith(sockets: WebSocket[]): Promise<void> {
    for (const socket of sockets) {
      const { filter, name } = socket.deserializeAttachment() as Attached
      this.name = name
      const group = await this.group(filter)
      group.members.add(socket)
      for (const source of this.wanted()) this.brought.add(source)
    }
    // its alarm renewed it while it slept
    this.watchedUntil = Date.now() + RENEW_MS
  }

  /** The patterns' engine is large: it is loaded when somebody watches, and not with the Worker. */
  private async group(filter: Filter): Promise<Group> {
    const key = sameFilter(filter)
    const [{ parseSearch }, { searchPredicate }] = await Promise.all([
      import('../shared/logs/search/parse.ts'),
      import('../shared/logs/search/predicate.ts'),
    ])
    let group = this.groups.get(key)
    if (!group) {
      const parsed = parseSearch(filter.query)
      if ('unreadable' in parsed) throw new SyntaxError(parsed.unreadable.message)
      const watch = new Watch(filter, parsed.search.is === 'all' ? null : searchPredicate(parsed.search))
      group = { watch, members: new Set(), joining: [] }
      this.groups.set(key, group)
    }
    return group
  }

  /** Who joins while a frame is being collected waits for it to leave, so that its events do not come to them twice. */
  private async join(filter: Filter, listener: Listener, after: number): Promise<void> {
    const group = await this.group(filter)
    group.joining.push({ listener, after })
    if (!group.watch.pending) this.admit(group)
  }

  private admit(group: Group): void {
    for (const { listener, after } of group.joining) {
      const missed = this.recent.after(after).filter((seen) => group.watch.matches(seen))
      group.members.add(listener)
      if (missed.length && !say(listener, frameOf(missed, 0, this.seq))) this.leave(listener)
    }
    group.joining = []
  }

  private leave(listener: Listener): void {
    for (const [key, group] of this.groups) {
      group.members.delete(listener)
      group.joining = group.joining.filter((j) => j.listener !== listener)
      if (!group.members.size && !group.joining.length) this.groups.delete(key)
    }
  }

  private flush(): void {
    this.timer = undefined
    this.looked = 0
    for (const group of this.groups.values()) {
      if (!group.watch.pending) continue
      const frame = group.watch.frame()
      for (const listener of [...group.members]) if (!say(listener, frame)) this.leave(listener)
      this.admit(group)
    }
  }

  private listeners(): Listener[] {
    return [...this.groups.values()].flatMap((g) => [...g.members, ...g.joining.map((j) => j.listener)])
  }

  /** Which sources those who watch are interested in. */
  private wanted(): string[] {
    const of = this.name.split('/')[1] ?? ''
    if (of !== ANY) return [of]
    const filters = [...this.groups.values()].map((g) => g.watch.filter)
    return filters.some((f) => f.sources === null) ? [ANY] : [...new Set(filters.flatMap((f) => f.sources ?? []))]
  }

  /** Tells the doors, through D1, which sources to bring. A failure is tried again soon; nobody who watches is sent away for it. */
  private async renew(): Promise<void> {
    const at = Date.now()
    const wanted = this.wanted()
    try {
      await within(RENEW_WITHIN_MS, renewWatched(db(this.env.DB), this.name.split('/')[0] ?? '', this.name, wanted, at))
      // whatever came before the doors knew was not brought
      if (this.watchedUntil < at || !(this.brought.has(ANY) || wanted.every((s) => this.brought.has(s))))
        this.recent.floor = Math.max(this.recent.floor, nextSeq(0, at + DOOR_CACHE_MS))
      this.brought = new Set(wanted)
      this.watchedUntil = at + WATCHED_MS
      await this.ctx.storage.setAlarm(at + RENEW_MS)
    } catch (e) {
      log('tail-not-watched', { message: reason(e) })
      await this.ctx.storage.setAlarm(at + RENEW_SOON_MS)
    }
  }
}
