import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../../apps/api/src/launcher/poll.js';
import { serverProcesses } from '../../../apps/api/src/launcher/postgres/cluster-name.js';
import { isRunning } from '../../../apps/api/src/launcher/processes.js';
import { endPrograms } from './stand-in/program.js';
import type { Server } from './stand-in/server.js';
import { query, startServer, watchdogOf } from './stand-in/server.js';

describe('the embedded Postgres after a crash', () => {
  let folder: string;
  let dataDir: string;
  let first: Server;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-crash-'));
    chmodSync(folder, 0o711);
    dataDir = join(folder, 'postgres');
  });

  beforeEach(async () => {
    first = await startServer(dataDir);
    await query(
      first.url,
      'DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)',
    );
  });

  afterEach(endPrograms);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function expectRowsAfterRestart(): Promise<void> {
    const second = await startServer(dataDir);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect(second.pid).not.toBe(first.pid);
    expect(isRunning(first.pid)).toBe(false);
  }

  it('ends by itself when its owner is killed, and keeps the rows', async () => {
    first.program.kill('SIGKILL');
    expect(await until(() => !isRunning(first.pid), 10_000)).toBe(true);
    await expectRowsAfterRestart();
  });

  it('is stopped by the next start when the owner and the watchdog were killed', async () => {
    process.kill(watchdogOf(dataDir), 'SIGKILL');
    first.program.kill('SIGKILL');
    await first.program.exited;
    expect(isRunning(first.pid)).toBe(true);
    await expectRowsAfterRestart();
  });

  it('starts again at once when the server was killed', async () => {
    process.kill(first.pid, 'SIGKILL');
    await first.program.waitFor(/the server ended/);
    first.program.kill('SIGTERM');
    await first.program.exited;
    await expectRowsAfterRestart();
  });

  it('starts again at once when everything was killed, in the middle of a transaction', async () => {
    const pending = query(first.url, 'BEGIN; INSERT INTO kept VALUES (8); SELECT pg_sleep(60)').catch(
      () => [],
    );
    const busy = () =>
      query(first.url, "SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND state = 'active'");
    while ((await busy()).length === 0);
    process.kill(watchdogOf(dataDir), 'SIGKILL');
    process.kill(first.pid, 'SIGKILL');
    first.program.kill('SIGKILL');
    await expectRowsAfterRestart();
    await pending;
  });

  it('leaves no process and no pid file after a stop', async () => {
    const watchdog = watchdogOf(dataDir);
    first.program.kill('SIGTERM');
    expect(await first.program.exited).toBe(0);
    expect(serverProcesses(join(dataDir, 'pgdata'))).toEqual([]);
    expect(isRunning(first.pid)).toBe(false);
    expect(isRunning(watchdog)).toBe(false);
  });
});
