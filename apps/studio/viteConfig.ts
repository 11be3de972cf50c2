import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'

/** Where its assets lie on the server; its pages have paths of their own, see `src/pagePaths.ts`. */
const ASSETS_BASE = '/studio/'

export const viteConfig: UserConfig = {
  root: import.meta.dirname,
  base: ASSETS_BASE,
  plugins: [react()],
  // The one for browsers brings what it needs of Node.
  resolve: { alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // From these on browsers know `light-dark()`: rewritten for older ones it loses its choice within a custom property.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of our pages has no `data:` for fonts and scripts.
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    // Measured by a test, by what the first page really loads.
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
}
