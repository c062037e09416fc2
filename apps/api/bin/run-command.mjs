import { spawn } from 'node:child_process';
import { root } from './project.mjs';

/** A program ended badly; `output` is what it wrote, unless it wrote to the terminal itself. */
export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.output = output;
  }
}

/**
 * Runs a program in the project's folder and gives its output. `show: true` lets it write to the terminal instead.
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
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve(exit ?? signal));
  });
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code, output);
  return output;
}
