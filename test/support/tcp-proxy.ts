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
  /** Ends the connection on which the server answers next, instead of passing the answer on. */
  loseNextAnswer(): void;
  /** Ends the connection over which somebody next sends something that contains `words`, as {@link Loss} says. */
  lose(words: string, loss: Loss): void;
  close(): Promise<void>;
}

/** What gets lost together with a connection, and whether there is a way to the server afterwards. */
export interface Loss {
  /**
   * `request`: the server never gets what was sent; `answer`: it does, but nothing of its answer comes back;
   * `shutdown`: in place of its answer it says that it shuts down, as a server does that waited for a replica.
   */
  readonly what: 'request' | 'answer' | 'shutdown';
  /** Refuses new connections from then on, until {@link TcpProxy.mend}. */
  readonly thenCut: boolean;
}

/** What a server says to those whose connection an administrator ends. */
const SHUTDOWN = errorMessage({ S: 'FATAL', V: 'FATAL', C: '57P01', M: 'terminating connection' });

/** An error as Postgres spells it on the wire: a letter, the length of what follows, fields by their letters. */
function errorMessage(fields: Readonly<Record<string, string>>): Buffer {
  const text = Object.entries(fields).map(([letter, value]) => `${letter}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.from('E....');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Stands between a client and the server of `targetUrl`. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let attempts = 0;
  let isCut = false;
  let isFrozen = false;
  let isLosing = false;
  let losing: (Loss & { readonly words: string }) | null = null;
  const pairs = new Set<{ join: () => void; part: () => void; loseNext: () => void; listen: () => void }>();
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
    // Heard before the pipe hears it: of this answer no byte gets through.
    const loseNext = (): void => {
      upstream.prependOnceListener('data', () => {
        if (isLosing) client.destroy();
        isLosing = false;
      });
    };
    const watch = (sent: Buffer): void => {
      if (losing === null || !sent.includes(losing.words)) return;
      const { what, thenCut } = losing;
      losing = null;
      isCut = thenCut;
      if (what === 'request') upstream.destroy();
      else if (what === 'shutdown') {
        upstream.unpipe(client);
        upstream.once('data', () => client.end(SHUTDOWN)).resume();
      } else upstream.prependOnceListener('data', () => client.destroy());
    };
    const listen = (): void => void client.prependListener('data', watch);
    if (losing) listen();
    pairs.add({ join, part, loseNext, listen });
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
    loseNextAnswer: () => {
      isLosing = true;
      // Only now: a listener for good would keep a wire flowing that is meant to stand still.
      for (const { loseNext } of pairs) loseNext();
    },
    lose: (words, loss) => {
      losing = { words, ...loss };
      for (const { listen } of pairs) listen();
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
