import { grantOf } from '../grants/grant-of.js';
import { type Grant, hasExpired, isSameRequest, ownerKey } from '../grants/grant.js';
import { LARGEST_COUNT, UNLIMITED } from '../limit.js';
import { thresholdsReached } from '../thresholds/thresholds.js';
import { ExpiredGrantInTheWay, idempotencyMismatch, quantityOverflow } from '../usage.errors.js';
import type { ConsumeAnswer, MeterStanding, MeterWish } from './consume-request.js';
import { bucketKey, bucketOf, type BucketId, type Counter, counterKey } from './counter.js';
import type { Counting } from './counting.js';
import { overageOf } from './overage-of.js';

/** A limit's share that was reached. */
export interface ThresholdReached extends Pick<Counter, 'ownerId' | 'feature' | 'start'> {
  readonly percent: number;
  readonly used: bigint;
  readonly limit: bigint;
  readonly at: Date;
}

/** Units beyond a limit, as committed. */
export interface OverageUnits extends Pick<Counter, 'ownerId' | 'feature' | 'start'> {
  readonly grantId: string;
  readonly organizationId: string | null;
  readonly quantity: bigint;
  readonly at: Date;
}

/**
 * What a transaction counts, before it is written: it holds the locked rows, decides wish after wish in the order of
 * arrival, and knows afterwards which rows changed. Pure: it reads and writes nothing.
 */
export class Tally {
  readonly touched = new Set<Counter>();
  readonly buckets = new Map<string, { readonly id: BucketId; delta: bigint }>();
  readonly newGrants = new Map<string, Grant>();
  readonly settledGrants = new Map<string, Grant>();
  readonly thresholds = new Map<string, ThresholdReached>();
  readonly overage: OverageUnits[] = [];
  /** Grants whose overage is no longer owed. */
  readonly overageReturned = new Set<string>();

  /** `counters` by {@link counterKey}, `byKey` by `ownerKey`: every row that the wishes name, locked. */
  constructor(
    private readonly counters: ReadonlyMap<string, Counter>,
    private readonly byKey: Map<string, Grant>,
  ) {}

  /**
   * Counts all meters of a wish or none.
   *
   * @throws ConflictError `idempotency_mismatch`
   * @throws InvalidRequestError `quantity_overflow`
   */
  count(wish: Counting): ConsumeAnswer {
    const before = wish.key === null ? undefined : this.byKey.get(ownerKey(wish.ownerId, wish.key));
    if (before) return this.replay(before, wish);
    const planned = this.plan(wish);
    if (planned.some(({ fits }) => !fits)) return { granted: false, meters: planned.map(refused) };
    const meters = planned.map(({ counter, meter, overage }) => this.add(wish, counter, meter, overage));
    this.remember(wish, meters);
    return { granted: true, grantId: wish.grantId, replayed: false, meters };
  }

  /** Gives units back to the window and the bucket they came from; a count never falls below zero. */
  giveBack(grant: Grant, meter: { readonly feature: string; readonly start: Date }, units: Units): void {
    const counter = this.counterOf(grant.ownerId, meter);
    counter.used = atLeastZero(counter.used - units.quantity);
    counter.overage = atLeastZero(counter.overage - units.overage);
    this.touched.add(counter);
    this.addToBucket(bucketOf(grant, meter), -units.quantity);
  }

  /** The grant as it now stands. */
  settle(grant: Grant): void {
    this.settledGrants.set(grant.id, grant);
  }

  private replay(before: Grant, wish: Counting): ConsumeAnswer {
    if (hasExpired(before, wish.at)) throw new ExpiredGrantInTheWay(before.id);
    if (!isSameRequest(before, wish.meters)) throw idempotencyMismatch();
    const meters = before.meters.map((meter) => {
      const { used } = this.counters.get(counterKey({ ...meter, ownerId: wish.ownerId })) ?? {
        used: meter.counted,
      };
      return { feature: meter.feature, used, overage: meter.overage, fits: true };
    });
    return { granted: true, grantId: before.id, replayed: true, meters };
  }

  /** How each meter would stand, the earlier meters of the same wish counted in. */
  private plan(wish: Counting): Planned[] {
    const ahead = new Map<Counter, bigint>();
    return wish.meters.map((meter) => {
      const counter = this.counterOf(wish.ownerId, { feature: meter.feature, start: meter.window.start });
      const used = counter.used + (ahead.get(counter) ?? 0n);
      const fits = hasRoom(meter, used);
      if (fits) ahead.set(counter, (ahead.get(counter) ?? 0n) + meter.quantity);
      return { counter, meter, fits, overage: overageOf(meter, used) };
    });
  }

  private add(wish: Counting, counter: Counter, meter: MeterWish, overage: bigint): MeterStanding {
    const { feature, quantity, limit, window } = meter;
    counter.used += quantity;
    counter.overage += overage;
    this.touched.add(counter);
    this.addToBucket(bucketOf(wish, { feature, start: window.start }), quantity);
    for (const percent of thresholdsReached(counter.used, limit)) {
      const reached = { ...place(counter), percent, used: counter.used, limit, at: wish.at };
      const key = `${counterKey(counter)}\n${percent}`;
      if (!this.thresholds.has(key)) this.thresholds.set(key, reached);
    }
    if (overage > 0n && wish.expiresAt === null) this.owe(wish.grantId, wish, counter, overage);
    return { feature, used: counter.used, overage, fits: true };
  }

  /** Owes the units beyond the limit from now on: the work they were counted for is committed. */
  owe(
    grantId: string,
    { organizationId, at }: { readonly organizationId: string | null; readonly at: Date },
    counter: Pick<Counter, 'ownerId' | 'feature' | 'start'>,
    quantity: bigint,
  ): void {
    this.overage.push({ ...place(counter), grantId, organizationId, quantity, at });
  }

  private remember(wish: Counting, standings: readonly MeterStanding[]): void {
    if (wish.key === null && wish.expiresAt === null) return;
    const grant = grantOf(
      wish,
      standings.map(({ overage }) => overage),
    );
    this.newGrants.set(grant.id, grant);
    if (wish.key !== null) this.byKey.set(ownerKey(wish.ownerId, wish.key), grant);
  }

  private addToBucket(id: BucketId, delta: bigint): void {
    const key = bucketKey(id);
    const bucket = this.buckets.get(key) ?? { id, delta: 0n };
    bucket.delta += delta;
    this.buckets.set(key, bucket);
  }

  private counterOf(ownerId: string, meter: { readonly feature: string; readonly start: Date }): Counter {
    const counter = this.counters.get(counterKey({ ...meter, ownerId }));
    if (!counter) throw new Error(`no counter was read for ${meter.feature}`);
    return counter;
  }
}

/** Units to give back, those beyond the limit among them. */
export interface Units {
  readonly quantity: bigint;
  readonly overage: bigint;
}

interface Planned {
  readonly counter: Counter;
  readonly meter: MeterWish;
  readonly fits: boolean;
  readonly overage: bigint;
}

const atLeastZero = (count: bigint): bigint => (count < 0n ? 0n : count);

const place = ({ ownerId, feature, start }: Pick<Counter, 'ownerId' | 'feature' | 'start'>) => ({
  ownerId,
  feature,
  start,
});

const refused = ({ counter, meter, fits }: Planned): MeterStanding => ({
  feature: meter.feature,
  used: counter.used,
  overage: 0n,
  fits,
});

function hasRoom({ feature, quantity, limit, overage }: MeterWish, used: bigint): boolean {
  if (limit !== UNLIMITED && overage === 'deny') return used + quantity <= limit;
  if (used + quantity > LARGEST_COUNT) throw quantityOverflow(feature);
  return true;
}
