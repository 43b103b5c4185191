import type { ContactMethodInput } from '../../shared/notify/schema.ts'

type Subscription = Extract<ContactMethodInput, { channel: 'push' }>['subscription']

/** Why this browser cannot be paged, in a sentence; null when it can. iOS has push only for the app on the home screen. */
export function whyNoPush(): string | null {
  if (!isSecureContext) return 'Push needs https.'
  if (!('serviceWorker' in navigator)) return 'This browser has no service workers.'
  if (!('PushManager' in window))
    return /iPhone|iPad/.test(navigator.userAgent)
      ? 'On this phone, add Tocsin to the home screen first and open it there.'
      : 'This browser has no push.'
  if (Notification.permission === 'denied') return 'Notifications of this site are blocked in the browser’s settings.'
  return null
}

/** Asks for permission and subscribes this browser with the installation's key. A subscription with another key is replaced. */
export async function subscribe(key: string): Promise<Subscription> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('Notifications were not allowed.')
  await navigator.serviceWorker.register('/sw.js')
  const { pushManager } = await navigator.serviceWorker.ready
  await (await pushManager.getSubscription())?.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
  const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: Subscription['keys'] }
  return { endpoint, keys }
}

/** "Chrome on Android": what a person calls this browser. */
export function browserName(agent = navigator.userAgent): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'A browser'
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone/.test(agent)
      ? 'iPhone'
      : /iPad/.test(agent)
        ? 'iPad'
        : /Mac OS/.test(agent)
          ? 'Mac'
          : /Windows/.test(agent)
            ? 'Windows'
            : /Linux/.test(agent)
              ? 'Linux'
              : ''
  return system ? `${browser} on ${system}` : browser
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
