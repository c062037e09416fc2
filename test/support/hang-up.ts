import type { TestApp } from './app.js';

/**
 * Ends an application that was asked many things at once: the client may have opened connections that it never used,
 * and a server waits for those as for slow requests.
 */
export async function hangUpAndClose(test: TestApp): Promise<void> {
  test.app.getHttpServer().closeAllConnections();
  await test.close();
}
