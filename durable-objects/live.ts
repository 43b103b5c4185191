import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'

/** A poke to open dashboards: something of this type and id changed; they refetch. Never a payload. */
export type Frame = {
  type: 'incident' | 'monitor' | 'status-page' | 'policy' | 'team' | 'alert' | 'dashboard'
  id: string
  version: number
}

/** One per team: the hibernating sockets of its open dashboards. Holds nothing else; a lost frame costs a refetch after the reconnect. */
export class Live extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  override fetch(): Response {
    const [client, server] = Object.values(new WebSocketPair()) as [WebSocket, WebSocket]
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }

  /** Tells everyone who watches; a socket that cannot be written to is closed. */
  publish(frame: Frame): void {
    const text = JSON.stringify(frame)
    for (const socket of this.ctx.getWebSockets()) {
      try {
        socket.send(text)
      } catch {
        socket.close(1011, 'could not be written to')
      }
    }
  }

  /** The team left: nobody is told anything any more. */
  forget(): void {
    for (const socket of this.ctx.getWebSockets()) socket.close(1008, 'This team was deleted')
  }

  override webSocketMessage(): void {
    // clients only listen; pings are answered without waking this object
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }
}
