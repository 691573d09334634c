import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8080'

export default defineConfig({
  // The Rust server mounts the bundle here; assets resolve whether or not the page's own address ends in a slash.
  base: '/playground/',
  build: {
    // Fonts and images stay files, so that they are cached by their hashed names.
    assetsInlineLimit: 0,
    // Every browser that runs this editor preloads modules by itself.
    modulePreload: { polyfill: false },
    // The licences of what is bundled travel with it.
    license: { fileName: 'licenses.md' },
    // The Monaco editor is one large chunk by nature.
    chunkSizeWarningLimit: 6000,
  },
  // `npm run dev` shows the page from source against a server that runs beside it.
  server: { proxy: { '/graphql': server, '/oauth': server, '/schema.graphql': server } },
  worker: { format: 'es' },
})
