import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env.MILLRACE_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // Every asset is a file of its own: a data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script in old targets only; es2022 browsers preload natively.
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api/v1': api, '/health': api, '/openapi.json': api } },
})
