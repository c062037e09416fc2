import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

/** A program ended badly; `output` is what it wrote, unless it wrote to the terminal itself. */
export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.output = output;
  }
}

const running = new Set();

/**
 * Runs a program in the project's folder and gives its output. `show: true` lets it write to the terminal instead.
 * A signal that ends us ends the program too.
 * @throws CommandFailed when it does not end with 0
 */
export async function runCommand(command, args, { show = false, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  enter(child);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exit, signal) => resolve(exit ?? signal));
    });
    if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code, output);
    return output;
  } finally {
    leave(child);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function enter(child) {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.add(child);
}

function leave(child) {
  running.delete(child);
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
}

function endAll(signal) {
  for (const child of running) child.kill('SIGTERM');
  process.exit(128 + constants.signals[signal]);
}
