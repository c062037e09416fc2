import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { endPrograms } from './stand-in/program.js';
import type { Server } from './stand-in/server.js';
import { ownerOf, query, refusalOf, startServer } from './stand-in/server.js';

describe('the running embedded Postgres', () => {
  let folder: string;
  let dataDir: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-privacy-'));
    chmodSync(folder, 0o711);
    dataDir = join(folder, 'postgres');
    server = await startServer(dataDir);
  });

  afterAll(async () => {
    await endPrograms();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its password and its data to itself', async () => {
    const { url } = server;
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'pgdata')).mode & 0o777).toBe(0o700);
    expect(statSync(dataDir).mode & 0o066).toBe(0);
    const wrong = new pg.Client({ connectionString: url.replace(/:[^:@]+@/, ':guess@') });
    await expect(wrong.connect()).rejects.toThrow(/password authentication failed/);
    expect(await query(url, "SELECT current_setting('password_encryption') AS how")).toEqual([
      { how: 'scram-sha-256' },
    ]);
  });

  it('runs as nobody it could harm: never as root', async () => {
    const { pid } = server;
    const owner = statSync(join(dataDir, 'pgdata')).uid;
    expect(owner).not.toBe(0);
    expect(ownerOf(pid)).toBe(owner);
  });

  it('listens on 127.0.0.1 alone', async () => {
    const { url } = server;
    expect(await query(url, "SELECT current_setting('listen_addresses') AS at")).toEqual([
      { at: '127.0.0.1' },
    ]);
    expect(await query(url, "SELECT current_setting('unix_socket_directories') AS at")).toEqual([{ at: '' }]);
    const outside = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      await expect(query(url.replace('127.0.0.1', address), 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    }
  });

  it('refuses a database that another process has', async () => {
    const { program } = server;
    const { code, message } = await refusalOf(dataDir);
    expect(code).toBe('in_use');
    expect(message).toContain(`in use by process ${program.pid}`);
  });
});
