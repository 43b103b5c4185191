// Pages as notifications, also with no tab open: on phones once the app is on the home screen.
// What arrives is told to the installation (receipts), "Acknowledge" works without opening anything.

self.addEventListener('push', (event) => {
  const page = event.data?.json()
  if (page) event.waitUntil(Promise.all([show(page), tell(page, 'delivered')]))
})

const show = ({ title, body, tag, url, acknowledge, report, loud }) =>
  self.registration.showNotification(title, {
    body,
    // a second copy takes the first one's place
    tag,
    renotify: true,
    requireInteraction: loud,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    vibrate: loud ? [400, 100, 400, 100, 400] : [200],
    data: { url, acknowledge, report },
    actions: acknowledge
      ? [
          { action: 'acknowledge', title: 'Acknowledge' },
          { action: 'open', title: 'Open' },
        ]
      : [],
  })

const tell = ({ report }, state) => (report ? fetch(`${report}/${state}`, { method: 'POST' }).catch(() => {}) : null)

self.addEventListener('notificationclick', (event) => {
  const { url, acknowledge, report } = event.notification.data
  event.notification.close()
  const taken = event.action === 'acknowledge' && acknowledge
  event.waitUntil(Promise.all([tell({ report }, 'seen'), taken ? take(acknowledge, url) : open(url)]))
})

// the page says who had it before, if somebody had
async function take(acknowledge, url) {
  const answer = await fetch(acknowledge, { method: 'POST' }).catch(() => null)
  const title = answer?.ok ? 'You have it' : 'It was not acknowledged'
  await self.registration.showNotification(title, {
    body: answer?.ok ? 'The escalation has stopped.' : 'Open the incident.',
    tag: acknowledge,
    icon: '/icon-192.png',
    data: { url, acknowledge: null, report: null },
  })
}

async function open(url) {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = tabs.find((tab) => tab.url === url)
  return there ? there.focus() : self.clients.openWindow(url)
}
