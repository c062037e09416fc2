import { freePort } from '../free-port.js';
import type { ServerAccount } from './account.js';
import type { Binaries } from './binaries.js';
import { PostgresLaunchError } from './postgres.errors.js';
import type { RunningServer, ServerPlan } from './server.js';
import { startServer } from './server.js';

/** Ports picked by chance may be taken by someone else before the server gets there. */
const TRIES = 5;

/** Starts the server on the port that was asked for, or on free ones until one works. */
export async function startOnPort(
  plan: Omit<ServerPlan, 'port'> & { readonly port: number | undefined },
  account: ServerAccount,
  binaries: Binaries,
  onSpawn: (pid: number) => void,
): Promise<RunningServer> {
  for (let tries = 1; ; tries += 1) {
    const port = plan.port ?? (await freePort());
    try {
      return await startServer({ ...plan, port }, account, binaries, onSpawn);
    } catch (cause) {
      if (!(cause instanceof PostgresLaunchError) || cause.code !== 'port_taken') throw cause;
      if (plan.port !== undefined) {
        throw new PostgresLaunchError(
          'port_taken',
          `Port ${port} is taken: stop what listens there or choose another.`,
        );
      }
      if (tries === TRIES) throw cause;
    }
  }
}
