import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` names the running Tocsin; what the doors own is passed on to it. */
const target = process.env.TOCSIN_URL ?? 'http://127.0.0.1:8787'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  server: { proxy: Object.fromEntries(['/api', '/mailbox', '/s/', '/a/'].map((path) => [path, { target, ws: true }])) },
})
