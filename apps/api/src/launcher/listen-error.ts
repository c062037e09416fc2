import { createServer } from 'node:net';

/** The error code of listening there; undefined when it works. A machine without IPv6 is no error. */
export async function listenError(port: number, host?: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? 'unknown'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
