import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { cardsApi } from './cards-api.js';

export default defineConfig({
  plugins: [react(), cardsApi()],
  server: {
    port: Number(process.env.PORT) || 5173,
    host: process.env.HOST || 'localhost',
    // The cards change while the app is used; the page must not reload because of it.
    watch: { ignored: ['**/data/**'] },
  },
});
