import { createTestApp, type TestApp, type TestAppOptions } from './app.js';
import { createTestDatabase } from './postgres.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

/** The whole application, and the way to its database, which can be cut or stand still. */
export interface AppBehindProxy {
  readonly test: TestApp;
  readonly proxy: TcpProxy;
  close(): Promise<void>;
}

/** Starts an application that reaches its database through a proxy. */
export async function createAppBehindProxy(options: TestAppOptions = {}): Promise<AppBehindProxy> {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const environment = { ...options.environment, DATABASE_URL: proxy.url };
  const test = await createTestApp({ ...options, environment });
  return {
    test,
    proxy,
    close: async () => {
      proxy.mend();
      proxy.thaw();
      await test.close();
      await proxy.close();
      await database.drop();
    },
  };
}
