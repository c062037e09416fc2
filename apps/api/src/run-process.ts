import { ConfigError } from './config/config.js';
import { startFailure } from './start-failure.js';

/** Runs a program's start; a failure is one clear line on stderr and a non-zero exit code (78: configuration), never a stack trace. */
export async function runProcess(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exit(error instanceof ConfigError ? 78 : 1);
  }
}
