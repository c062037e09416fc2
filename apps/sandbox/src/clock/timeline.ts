import type { Courier, DeliveryCount } from '../webhooks/courier.js';
import type { World } from '../world.js';

/** Something that must happen at an instant (ms): a renewal, a trial end, an expiry. Running it must make it not due. */
export interface Due {
  at: number;
  run(): void;
}

/** A source of due things; it names only its earliest. */
export type Agenda = () => Due | undefined;

/** The clock cannot be put there: it has passed, or a lifetime of renewals lies between. */
export class ClockMoveError extends Error {}

const FARTHEST_MOVE_MS = 20 * 366 * 86_400_000;

/** Makes everything happen in order, each at its own instant, and never two rounds at once. */
export class Timeline {
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: World,
    private readonly courier: Courier,
    private readonly agendas: readonly Agenda[],
  ) {}

  /** Processes what is due by now; used by the background tick. */
  settle(): Promise<DeliveryCount> {
    return this.#exclusively(() => this.#runUntil(() => this.world.clock.nowMs(), false));
  }

  /** Attempts every waiting delivery once, due or not, and then what fell due meanwhile. */
  flush(): Promise<DeliveryCount> {
    return this.#exclusively(async () => {
      const waiting = await this.courier.flush();
      return add(waiting, await this.#runUntil(() => this.world.clock.nowMs(), false));
    });
  }

  /**
   * Moves the clock to the instant (ms), stopping wherever something falls due on the way.
   * @throws ClockMoveError when the instant has passed or is more than 20 years away.
   */
  travel(target: number | undefined, freeze: boolean): Promise<DeliveryCount> {
    return this.#exclusively(async () => {
      const { clock } = this.world;
      const from = clock.nowMs();
      const to = target ?? from;
      if (to < from) throw new ClockMoveError(`The clock stands at ${clock.iso()} and only moves forward.`);
      if (to - from > FARTHEST_MOVE_MS) throw new ClockMoveError('The clock moves at most 20 years at once.');
      clock.freezeAt(from);
      const count = await this.#runUntil(() => to, true);
      if (freeze) clock.freezeAt(to);
      else clock.runFrom(to);
      return count;
    });
  }

  /** Resolves when no round is under way. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #runUntil(limit: () => number, move: boolean): Promise<DeliveryCount> {
    const { clock } = this.world;
    let count: DeliveryCount = { delivered: 0, failed: 0 };
    for (;;) {
      const due = this.#earliest();
      const post = this.courier.nextDue();
      const at = Math.min(due?.at ?? Infinity, post ?? Infinity);
      if (at > limit() || this.courier.stopped) break;
      if (move && at > clock.nowMs()) clock.freezeAt(at);
      // What happens comes before the news of it; on a tie the event joins the same delivery round.
      if (due !== undefined && due.at === at) clock.during(Math.min(at, clock.nowMs()), () => due.run());
      else count = add(count, await this.courier.deliverDue(Math.max(at, clock.nowMs())));
    }
    if (move && limit() > clock.nowMs()) clock.freezeAt(limit());
    return count;
  }

  #earliest(): Due | undefined {
    let earliest: Due | undefined;
    for (const agenda of this.agendas) {
      const due = agenda();
      if (due !== undefined && (earliest === undefined || due.at < earliest.at)) earliest = due;
    }
    return earliest;
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

function add(left: DeliveryCount, right: DeliveryCount): DeliveryCount {
  return { delivered: left.delivered + right.delivered, failed: left.failed + right.failed };
}
