import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` names the running Tocsin; what the doors own is passed on to it. */
const target = process.env.TOCSIN_URL ?? 'http://127.0.0.1:8787'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  // browsers that know light-dark() and @layer; lowering them would double every token
  build: { target: ['chrome125', 'firefox128', 'safari17.5'] },
  server: { proxy: Object.fromEntries(['/api', '/mailbox', '/s/', '/a/'].map((path) => [path, { target, ws: true }])) },
})
