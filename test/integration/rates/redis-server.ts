import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../../../apps/api/src/launcher/free-port.js';
import { eventually } from '../../support/poll.js';

/** A Redis of a test's own, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Sends a signal: SIGKILL ends it, SIGSTOP makes it hang, SIGCONT wakes it. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it, however it stands. */
  close(): Promise<void>;
}

/** Where `redis-server` lies on PATH; null when there is none. */
export function findRedisServer(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path)) ?? null;
}

/** Starts it, on a free port or the given one; resolves when it takes connections. */
export async function startRedisServer(program: string, port?: number): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const dir = mkdtempSync(join(tmpdir(), 'tollgate-redis-'));
  const settings = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, [...settings, '--dir', dir], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await eventually(() => isListening(at));
  return {
    url: `redis://127.0.0.1:${at}`,
    signal: (signal) => child.kill(signal),
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}
