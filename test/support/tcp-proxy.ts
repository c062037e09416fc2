import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, as when the server behind it stops. */
export interface TcpProxy {
  /** The given URL, through the proxy. */
  readonly url: string;
  /** Connections that were tried, the refused ones included. */
  readonly attempts: () => number;
  /** Ends all connections, and refuses new ones until {@link mend}. */
  cut(): void;
  mend(): void;
  /** Lets nothing through in either direction but keeps all connections, as when the server stands still. */
  freeze(): void;
  /** Lets everything through again, what was held back first. */
  thaw(): void;
  close(): Promise<void>;
}

/** Stands between a client and the server of `targetUrl`. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let attempts = 0;
  let isCut = false;
  let isFrozen = false;
  const pairs = new Set<{ join: () => void; part: () => void }>();
  const server = createServer((client) => {
    attempts += 1;
    keep(open, client);
    if (isCut) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    keep(open, upstream);
    const join = (): void => {
      client.pipe(upstream);
      upstream.pipe(client);
    };
    const part = (): void => {
      client.unpipe(upstream);
      upstream.unpipe(client);
    };
    pairs.add({ join, part });
    if (!isFrozen) join();
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(targetUrl);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: through.href,
    attempts: () => attempts,
    cut: () => {
      isCut = true;
      cutAll();
    },
    freeze: () => {
      isFrozen = true;
      for (const { part } of pairs) part();
    },
    thaw: () => {
      isFrozen = false;
      for (const { join } of pairs) join();
    },
    mend: () => {
      isCut = false;
    },
    close: () => closed(server, cutAll),
  };
}

function keep(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  // A cut wire is what this is for: both ends learn of it by their own `close`.
  socket.on('error', () => socket.destroy());
  socket.once('close', () => open.delete(socket));
}

async function closed(server: Server, cutAll: () => void): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  cutAll();
  await done;
}
