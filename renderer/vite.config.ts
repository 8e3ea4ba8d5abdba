import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: no address of its own but the app's private origin, nothing fetched from elsewhere, fonts as files. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  publicDir: false,
  resolve: { alias: { 'react-remove-scroll': join(import.meta.dirname, 'parts/no-scroll-lock.tsx') } },
  build: {
    target: 'chrome130',
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    modulePreload: false,
  },
});
