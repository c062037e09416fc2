import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../apps/api/src/launcher/free-port.js';
import { until } from '../../../apps/api/src/launcher/poll.js';
import { isRunning, listProcesses } from '../../../apps/api/src/launcher/processes.js';
import type { Program } from './stand-in/program.js';
import { endPrograms, startProgram } from './stand-in/program.js';

describe('the launcher', () => {
  let dataDir: string;
  let port: number;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'tollgate-launcher-'));
    chmodSync(dataDir, 0o711);
    port = await freePort();
  });

  afterEach(endPrograms);

  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  function start(env: Record<string, string | undefined> = {}): Program {
    const own = {
      DATABASE_URL: undefined,
      NODE_ENV: undefined,
      TOLLGATE_DATA_DIR: dataDir,
      PORT: String(port),
    };
    return startProgram('start.mjs', [], { env: { ...own, ...env } });
  }

  async function environmentOfApp(): Promise<Record<string, string>> {
    return (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Record<string, string>;
  }

  async function answerOfSandbox(): Promise<{ pid: number; token: string }> {
    const { TOLLGATE_SANDBOX_URL } = await environmentOfApp();
    return (await (await fetch(TOLLGATE_SANDBOX_URL ?? '')).json()) as { pid: number; token: string };
  }

  /** All that belongs to this data directory and runs: server, watchdog, stand-ins. */
  function leftBehind(programs: readonly number[]): number[] {
    const named = listProcesses().filter(({ zombie, command }) => !zombie && command.includes(dataDir));
    return [...programs.filter(isRunning), ...named.map(({ pid }) => pid)];
  }

  it('starts all parts, shows the screen, and stops them within ten seconds', async () => {
    const launcher = start();
    const [, app] = await launcher.waitFor(/^start 1\nprocess (\d+)$/m);
    const env = await environmentOfApp();
    const sandbox = await answerOfSandbox();
    expect(sandbox.token).toBe(env['POLAR_ACCESS_TOKEN']);
    expect(readFileSync(join(dataDir, 'control-token'), 'utf8').trim()).toBe(env['TOLLGATE_CONTROL_TOKEN']);
    expect(readFileSync(join(dataDir, 'database-url'), 'utf8').trim()).toBe(env['DATABASE_URL']);
    for (const file of ['control-token', 'database-url', 'secrets.json']) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
    launcher.kill('SIGTERM');
    expect(await launcher.exited).toBe(0);
    expect(leftBehind([Number(app), sandbox.pid])).toEqual([]);
    expect(['control-token', 'database-url'].map((file) => existsSync(join(dataDir, file)))).toEqual([
      false,
      false,
    ]);
  });

  it('finds its data and secrets again, with a new control token', async () => {
    const before = start();
    await before.waitFor(/^start 2$/m);
    const first = await environmentOfApp();
    before.kill('SIGINT');
    expect(await before.exited).toBe(0);
    await start().waitFor(/^start 3$/m);
    const second = await environmentOfApp();
    for (const kept of [
      'POLAR_WEBHOOK_SECRET',
      'STRIPE_SECRET_KEY',
      'TOLLGATE_JWT_SECRET',
      'TOLLGATE_SANDBOX_URL',
    ]) {
      expect(second[kept]).toBe(first[kept]);
    }
    expect(second['TOLLGATE_CONTROL_TOKEN']).not.toBe(first['TOLLGATE_CONTROL_TOKEN']);
  });

  it('refuses a second start in one line, and leaves the first alone', async () => {
    const first = start();
    await first.waitFor(/^process \d+$/m);
    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toBe(
      `✗ Tollgate already runs from ${dataDir} (process ${first.pid}). Stop it first (Ctrl-C in its terminal), or start a second one with another TOLLGATE_DATA_DIR and PORT.\n`,
    );
    expect(await environmentOfApp()).toHaveProperty('PORT', String(port));
  });

  it('leaves nothing behind when it is killed, and starts again', async () => {
    const launcher = start();
    const [, app] = await launcher.waitFor(/^process (\d+)$/m);
    const sandbox = await answerOfSandbox();
    launcher.kill('SIGKILL');
    expect(await until(() => leftBehind([Number(app), sandbox.pid]).length === 0, 10_000)).toBe(true);
    await start().waitFor(/^process \d+$/m);
  });

  it('stops the rest when the application ends, and says so', async () => {
    const launcher = start();
    const [, app] = await launcher.waitFor(/^process (\d+)$/m);
    const sandbox = await answerOfSandbox();
    process.kill(Number(app), 'SIGKILL');
    expect(await launcher.exited).toBe(1);
    expect(launcher.output()).toContain('✗ the application ended unexpectedly (SIGKILL). Stopping the rest.');
    expect(leftBehind([sandbox.pid])).toEqual([]);
  });

  it('names a taken port, and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port: other } = taken.address() as AddressInfo;
    const launcher = start({ PORT: String(other) });
    expect(await launcher.exited).toBe(1);
    await new Promise((resolve) => taken.close(resolve));
    expect(launcher.output()).toMatch(
      new RegExp(
        `^✗ Port ${other} is taken by another program. Stop that one, or choose another port: PORT=\\d+ npm start\n$`,
      ),
    );
  });

  it('names a database that cannot be reached, without its password', async () => {
    const dead = await freePort();
    const launcher = start({ DATABASE_URL: `postgres://me:secret@127.0.0.1:${dead}/app` });
    expect(await launcher.exited).toBe(1);
    expect(launcher.output()).toMatch(
      /✗ DATABASE_URL: no database at 127\.0\.0\.1:\d+ \(.*ECONNREFUSED.*\)\. Start it or correct/,
    );
    expect(launcher.output()).not.toContain('secret');
    expect(leftBehind([])).toEqual([]);
  });

  it('takes the database of DATABASE_URL instead of its own', async () => {
    const url = process.env['TOLLGATE_TEST_POSTGRES_URL'];
    await start({ DATABASE_URL: url }).waitFor(/^start 1$/m);
    expect(await environmentOfApp()).toHaveProperty('DATABASE_URL', url);
  });
});
