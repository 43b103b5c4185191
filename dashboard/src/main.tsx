import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app.css'
import { ApiError } from './api.ts'
import { Closed } from './pages/closed.tsx'
import { applyPrefs } from './prefs.ts'
import { client } from './query.ts'
import { makeRouter } from './router.tsx'
import { enter } from './session.ts'
import { listenToKeys } from './ui/use-keys.ts'

applyPrefs()
listenToKeys()
const root = createRoot(document.getElementById('root')!)

const show = (basepath: string) =>
  root.render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={makeRouter(basepath)} />
      </QueryClientProvider>
    </StrictMode>,
  )

async function start() {
  // pages that need nobody
  if (/^\/(sign-in|shared)(\/|$)/.test(location.pathname)) return show('/')
  try {
    const place = await enter(location)
    if ('goTo' in place) location.replace(place.goTo)
    else if ('noTeam' in place) root.render(<Closed reason="no-team" retry={start} />)
    else show(place.basepath)
  } catch (e) {
    // 401 has already left for the sign-in page
    if (!(e instanceof ApiError && e.status === 401)) root.render(<Closed error={e} retry={start} />)
  }
}
start()
