import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { resolve as pathTo } from 'node:path';
import { until } from '../../../../apps/api/src/launcher/poll.js';

/** A program of this folder, running, with all it has written so far. */
export interface Program {
  readonly pid: number;
  readonly output: () => string;
  /** The first match in its output; fails with all of it after 20 s, or when it ends without one. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
}

const started = new Set<ChildProcess>();

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

/** Starts `node <script> ...args`; the script is one of this folder, or an absolute path. */
export function startProgram(script: string, args: readonly string[], options: ProgramOptions = {}): Program {
  const { env = {}, ...rest } = options;
  const child = spawn(process.execPath, [pathTo(import.meta.dirname, script), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...rest,
  });
  started.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    waitFor: async (pattern) => {
      await until(() => pattern.test(output) || child.exitCode !== null || child.signalCode !== null, 20_000);
      const found = pattern.exec(output);
      if (found === null) throw new Error(`no ${String(pattern)} in:\n${output}`);
      return found;
    },
    kill: (signal) => void child.kill(signal),
    exited,
  };
}

/** Ends every program a test has left behind. */
export async function endPrograms(): Promise<void> {
  for (const child of started) {
    child.kill('SIGTERM');
    await until(() => child.exitCode !== null || child.signalCode !== null, 10_000);
    child.kill('SIGKILL');
  }
  started.clear();
}
