import type { Transaction } from '@tollgate/kernel';
import { type CapacityCounters, type CapacityPlace, toWire } from '@tollgate/usage';
import type { Allowed, Denied } from '../decisions/decision.js';
import { denialMessage } from '../decisions/denial-message.js';
import { capacityRefusal } from '../decisions/limit-layer.js';

/** One capacity that the claim stands for. */
export interface ClaimedCapacity {
  readonly feature: string;
  readonly countedBy: 'owner' | 'organization';
  readonly limit: bigint;
  /** With which there was room for one more. */
  readonly decision: Allowed;
}

/** The promise of a place, given to the handler: `take` is what enforces the limit. */
export class CapacityClaim {
  private wasTaken = false;

  constructor(
    private readonly counters: CapacityCounters,
    private readonly denied: (decision: Denied) => Error,
    readonly place: CapacityPlace,
    private readonly capacities: readonly ClaimedCapacity[],
  ) {}

  /** The answers that led to the claim, before its places were taken. */
  get decisions(): readonly Allowed[] {
    return this.capacities.map(({ decision }) => decision);
  }

  /** Whether the place was taken; set by {@link take} even if its transaction is rolled back later. */
  get taken(): boolean {
    return this.wasTaken;
  }

  /**
   * Takes the place in the transaction that creates the thing; call it before the insert.
   *
   * @throws AccessDeniedException `capacity_reached`, `over_limit` or `seat_limit` when somebody else took the last place
   */
  async take(tx: Transaction): Promise<void> {
    for (const capacity of this.capacities) {
      const { taken, used } = await this.counters.take(tx, this.place, capacity);
      if (!taken) throw this.denied(this.denial(capacity, used));
    }
    this.wasTaken = true;
  }

  private denial({ feature, limit, decision: { plan } }: ClaimedCapacity, used: bigint): Denied {
    const reason = capacityRefusal(feature, limit, used);
    return {
      allowed: false,
      feature,
      ownerId: this.place.ownerId,
      plan,
      reason,
      message: denialMessage(reason),
      limit: toWire(limit),
      used: toWire(used),
    };
  }
}
