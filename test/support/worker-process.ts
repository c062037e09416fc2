import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { environmentOf, type TestApp, type TestAppOptions } from './app.js';

const WORKER = 'dist/apps/api/src/worker.js';

/** A worker of an installation in a process of its own, as it is built: it can die at any instant. */
export class WorkerProcess {
  private output = '';

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  /** Starts one beside an application; it begins to work by itself. */
  static start(
    { config, url, sandbox }: TestApp,
    provider: NonNullable<TestAppOptions['provider']>,
  ): WorkerProcess {
    const environment = environmentOf({ provider }, 0, url, config.database.url, sandbox.url);
    return new WorkerProcess(
      spawn(process.execPath, [WORKER], { env: { PATH: process.env['PATH'] ?? '', ...environment } }),
    );
  }

  /** Ends it as a crash does: nothing that it was about to do is done. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null) throw new Error(`the worker had ended by itself: ${this.output}`);
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}
