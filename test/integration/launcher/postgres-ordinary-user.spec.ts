import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serverAccount } from '../../../apps/api/src/launcher/postgres/account.js';
import { copyLauncher } from './stand-in/copy-launcher.js';
import { endPrograms } from './stand-in/program.js';
import { query, startServer } from './stand-in/server.js';

describe('the embedded Postgres of an ordinary user', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-user-'));
    chmodSync(folder, 0o755);
  });

  afterEach(async () => {
    await endPrograms();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs from packages that belong to someone else, without their links', async () => {
    const { uid, gid } = serverAccount(join(folder, 'none'));
    const launcher = copyLauncher(folder);
    const home = mkdtempSync(join(folder, 'home-'));
    if (process.getuid?.() === 0) chownSync(home, uid, gid);
    const who = process.getuid?.() === 0 ? { uid, gid } : {};
    const { url } = await startServer(join(home, 'postgres'), {
      ...who,
      cwd: '/',
      env: { LAUNCHER_BUILD: launcher.build },
      script: launcher.script,
    });
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(statSync(join(home, 'postgres', 'pgdata')).uid).toBe(uid);
  });
});
