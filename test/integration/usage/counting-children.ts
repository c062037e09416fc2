import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../faults/usage/counting-process.mjs');

interface Message {
  readonly answer?: unknown;
  readonly failure?: string;
  readonly acknowledged?: string;
}

/** One call of a process: units of each feature against a limit, in the month of `at`. */
export interface ChildCall {
  readonly ownerId: string;
  readonly meters: Readonly<Record<string, { readonly quantity?: number; readonly limit: number }>>;
  readonly at: string;
  readonly key?: string;
  readonly overage?: 'deny' | 'allow';
}

/** A process of an installation that counts, in a place of the world of its own. */
export class CountingChild {
  private constructor(
    private readonly process: ChildProcess,
    /** Its present. */
    private readonly now: string,
  ) {}

  /** Starts one on a database, in the time zone of `zone`; its clock stands at `now`. */
  static async start(url: string, { zone, now }: { zone: string; now: string }): Promise<CountingChild> {
    const child = fork(PROGRAM, [url], { execArgv: [], env: { ...process.env, TZ: zone } });
    await once(child, 'message');
    return new CountingChild(child, now);
  }

  /** Asks, and gives the answer; one question at a time. */
  async ask<Answer>(command: string, about: object): Promise<Answer> {
    this.process.send({ now: this.now, command, ...about });
    const [{ answer, failure }] = (await once(this.process, 'message')) as [Message];
    if (failure !== undefined) throw new Error(failure);
    return answer as Answer;
  }

  /** Makes calls, so many at once (default all); gives the id of each grant, null where nothing was granted. */
  race(calls: readonly ChildCall[], atOnce = calls.length): Promise<(string | null)[]> {
    return this.ask('race', { calls, atOnce });
  }

  /**
   * Lets 32 callers count without end, and comes back when `enough` units were promised; gives their keys, or
   * `unkeyed`, and goes on to do so until the process is killed.
   */
  async flood(call: ChildCall, enough: number): Promise<string[]> {
    const promised: string[] = [];
    const heard = new Promise<void>((resolve) => {
      this.process.on('message', ({ acknowledged }: Message) => {
        if (acknowledged !== undefined) promised.push(acknowledged);
        if (promised.length > enough) resolve();
      });
    });
    this.process.send({ now: this.now, command: 'flood', callers: 32, ...call });
    await heard;
    return promised;
  }

  /** Ends it as a crash does; what it had told by then has been heard. */
  async kill(): Promise<void> {
    const ended = Promise.all([once(this.process, 'exit'), once(this.process, 'disconnect')]);
    this.process.kill('SIGKILL');
    await ended;
  }
}
