import { z } from 'zod';
import { InvalidRequestError, UnavailableError } from '@tollgate/kernel';
import { LONGEST_MOVE_MS } from './longest-move.js';

const ANSWERS_WITHIN_MS = 30_000;
const A_SECOND_MS = 1_000;

const clockAnswer = z.object({ now: z.iso.datetime() });
const refusal = z.object({ message: z.string() });

/** Where a clock is put: at an instant, standing still there if `freeze`. */
export interface ClockMove {
  readonly now: Date;
  readonly freeze: boolean;
}

/** The sandbox's clock, moved through its control routes; moves answer when everything due was delivered. */
export class SandboxClock {
  constructor(
    private readonly sandboxUrl: string,
    private readonly controlToken: string,
  ) {}

  /** The sandbox's present instant; throws like {@link move}. */
  async now(): Promise<Date> {
    const { data } = clockAnswer.safeParse(await this.ask({ method: 'GET' }));
    if (!data) throw new UnavailableError('sandbox_unavailable', 'What answers as the sandbox is none', 1);
    return new Date(data.now);
  }

  /**
   * Moves forward, in steps that the sandbox takes at once.
   *
   * @throws InvalidRequestError `sandbox_refused` the sandbox will not be put there, e.g. because it is ahead
   * @throws UnavailableError `sandbox_unavailable`
   */
  async move({ now, freeze }: ClockMove): Promise<void> {
    let at = await this.now();
    while (now.getTime() - at.getTime() > LONGEST_MOVE_MS) {
      at = new Date(at.getTime() + LONGEST_MOVE_MS);
      await this.put({ now: at, freeze: true });
    }
    await this.put({ now, freeze });
  }

  /** Moves to `now` unless it is there already, give or take a second; throws like {@link move}. */
  async catchUp(move: ClockMove): Promise<void> {
    const behindMs = move.now.getTime() - (await this.now()).getTime();
    if (behindMs > A_SECOND_MS) await this.move(move);
  }

  private async put({ now, freeze }: ClockMove): Promise<void> {
    await this.ask({ method: 'PUT', body: JSON.stringify({ now: now.toISOString(), freeze }) });
  }

  private async ask(request: RequestInit): Promise<unknown> {
    const { status, body } = await this.send(request);
    if (status >= 400 && status < 500) {
      const { data } = refusal.safeParse(body);
      throw new InvalidRequestError('sandbox_refused', data?.message ?? `The sandbox answered ${status}`);
    }
    return body;
  }

  private async send(request: RequestInit): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(`${this.sandboxUrl}/_control/clock`, {
        ...request,
        headers: {
          authorization: `Bearer ${this.controlToken}`,
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      });
      if (response.status >= 500) throw new Error(`answered ${response.status}`);
      return { status: response.status, body: await response.json() };
    } catch (cause) {
      throw new UnavailableError('sandbox_unavailable', 'The sandbox did not follow the clock', 1, { cause });
    }
  }
}
