import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endPrograms } from './stand-in/program.js';
import { query, refusalOf, startServer } from './stand-in/server.js';

const asRoot = process.getuid?.() === 0;

describe('the embedded Postgres', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-start-'));
    chmodSync(folder, 0o711);
    dataDir = join(folder, 'postgres');
  });

  afterEach(async () => {
    await endPrograms();
    const location = `${dataDir}.location`;
    if (existsSync(location)) {
      const place = readFileSync(location, 'utf8').trim();
      for (const path of [place, `${place}.project`]) rmSync(path, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('says in one line that the port it was given is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    expect(await refusalOf(dataDir, port)).toEqual({
      code: 'port_taken',
      message: `Port ${port} is taken: stop what listens there or choose another.`,
    });
    await new Promise((resolve) => taken.close(resolve));
  });

  it('starts over when its making was cut short', async () => {
    mkdirSync(join(dataDir, 'pgdata.1234'), { recursive: true });
    writeFileSync(join(dataDir, 'pgdata.1234', 'PG_VERSION'), '18\n');
    await startServer(dataDir);
    expect(existsSync(join(dataDir, 'pgdata.1234'))).toBe(false);
  });

  it('does not open data of another version', async () => {
    mkdirSync(join(dataDir, 'pgdata'), { recursive: true });
    writeFileSync(join(dataDir, 'pgdata', 'PG_VERSION'), '17\n');
    const { code, message } = await refusalOf(dataDir);
    expect(code).toBe('wrong_version');
    expect(message).toContain('was made by Postgres 17');
  });

  it('does without a folder that its user cannot enter, and finds its data again', async () => {
    chmodSync(folder, 0o700);
    const first = await startServer(dataDir);
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    first.program.kill('SIGTERM');
    await first.program.exited;
    expect(existsSync(`${dataDir}.location`)).toBe(asRoot);
    const second = await startServer(dataDir);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });
});
