import { readEnvironment } from './environment.js';
import { createSandbox } from './sandbox.js';

/** Runs the sandbox as a process of its own until it is told to stop or its parent is gone. */
async function main(): Promise<void> {
  const { port, options } = readEnvironment(process.env);
  const sandbox = await createSandbox(options);
  const { url } = await sandbox.listen(port);
  process.stdout.write(`sandbox listening ${url}\n`);
  process.send?.({ type: 'listening', url });
  const stop = (): void => {
    void sandbox.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that was killed cannot say goodbye; its channel closing does.
  process.once('disconnect', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
