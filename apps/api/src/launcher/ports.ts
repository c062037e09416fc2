import { freePort } from './free-port.js';
import { LauncherError } from './launcher.errors.js';
import { listenError } from './listen-error.js';

/**
 * Makes sure that the application can listen on `port`, before anything is started for it.
 * @throws LauncherError when another program has it, or we may not use it
 */
export async function requireFreePort(port: number): Promise<void> {
  const code = (await listenError(port)) ?? (await listenError(port, '127.0.0.1'));
  if (code === undefined) return;
  if (code === 'EACCES') {
    throw new LauncherError(
      `Port ${port} is reserved for root. Choose one from 1024 up: PORT=3000 npm start`,
    );
  }
  throw new LauncherError(
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port < 65_000 ? port + 10 : 3000} npm start`,
  );
}

/** The port beside the application's when it is free, so that it stays the same from run to run; else any. */
export async function sandboxPort(beside: number): Promise<number> {
  const wanted = beside + 1;
  if (wanted > 65_535 || (await listenError(wanted, '127.0.0.1')) !== undefined) return freePort();
  return wanted;
}
