import { performance } from 'node:perf_hooks';
import { secondsSince } from '../../apps/api/bin/progress.mjs';
import { CommandFailed, runCommand } from '../../apps/api/bin/run-command.mjs';

/**
 * Runs one part (an npm script or a function), says how it went, and shows its output when it failed.
 * Gives a row of the table: `{ name, state, time, reason? }`.
 */
export async function runPart({ name, npmScript, action }) {
  const from = performance.now();
  console.log(`· ${name} …`);
  try {
    const output = await (action ?? (() => runScript(npmScript)))();
    const time = secondsSince(from);
    console.log(`✓ ${name} (${time})`);
    return { name, state: 'OK', time, reason: lastLine(output) };
  } catch (error) {
    const time = secondsSince(from);
    console.error(
      `✗ ${name} (${time})\n${error instanceof CommandFailed ? `${error.output}\n${error.message}` : error.stack}`,
    );
    return { name, state: 'FAILED', time };
  }
}

/** npm itself when we were started by it: the same one for all parts. */
function runScript(script) {
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return runCommand(command, [...args, 'run', '--silent', script]);
}

/** A part may end with a line of its own worth showing, as the checklist's count. */
function lastLine(output) {
  const line = output?.trim().split('\n').at(-1) ?? '';
  return /^\d+ of \d+$/.test(line) ? line : undefined;
}
