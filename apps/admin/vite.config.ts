import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/** Where `vite apps/admin` sends the staff API's requests while the dashboard is developed against a running API. */
const apiInDevelopment = 'http://127.0.0.1:3000';

/** The dashboard is a static build that the API serves under /admin; `--mode fake` answers the staff API from memory. */
export default defineConfig(async ({ mode }): Promise<UserConfig> => {
  const fake = mode === 'fake' ? (await import('./dev/fake-staff-api.js')).fakeStaffApi() : null;
  return {
    base: '/admin/',
    plugins: [react(), fake],
    server: { proxy: fake ? {} : { '/staff': apiInDevelopment } },
    build: {
      outDir: '../../dist/admin',
      emptyOutDir: true,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
            ],
          },
        },
      },
    },
  };
});
