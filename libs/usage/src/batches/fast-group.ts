import { PERSONAL } from '../counters/bucket.store.js';
import type { MeterWish } from '../counters/consume-request.js';
import { counterKey } from '../counters/counter.js';
import type { Counting } from '../counters/counting.js';
import { LARGEST_COUNT, roomOf } from '../limit.js';
import { hourOf } from '../windows/calendar.js';
import type { Asker, CountAsk } from './ask.js';

/** One wish of a group, and who waits for it. */
export type Member = Asker & { readonly ask: CountAsk };

/** Units of a group that go to one bucket. */
export interface FastBucket {
  readonly hour: Date;
  readonly organizationId: string;
  readonly principal: string;
  quantity: bigint;
}

/** Wishes of one batch on one counter, in order of arrival, that may be counted as a whole. */
export class FastGroup {
  total = 0n;
  readonly members: Member[] = [];
  readonly room: bigint;
  private readonly byName = new Map<string, FastBucket>();
  private last: { readonly of: Counting; readonly bucket: FastBucket } | undefined;

  /** `wish` is the first of them: counter, window and limit are the same for all. */
  constructor(
    readonly key: string,
    readonly wish: Counting,
    readonly meter: MeterWish,
  ) {
    this.room = roomOf(meter.limit);
  }

  /** The buckets that its units go to. */
  get buckets(): Iterable<FastBucket> {
    return this.byName.values();
  }

  /** Takes a wish in, unless it has another limit or the sum would become too large. */
  take(asker: Member, meter: MeterWish): boolean {
    // A limit that changed between two calls: each is held to its own.
    if (roomOf(meter.limit) !== this.room || this.total + meter.quantity > LARGEST_COUNT) return false;
    this.total += meter.quantity;
    this.members.push(asker);
    this.bucketOf(asker.ask.counting).quantity += meter.quantity;
    return true;
  }

  private bucketOf(counting: Counting): FastBucket {
    const { at, organizationId, principal } = counting;
    const { last } = this;
    // Calls on one counter mostly come from one caller at one time.
    if (last?.of.principal === principal && last.of.organizationId === organizationId && last.of.at === at)
      return last.bucket;
    const hour = hourOf(at);
    const name = `${hour.getTime()}\n${organizationId}\n${principal}`;
    let bucket = this.byName.get(name);
    if (!bucket) {
      bucket = { hour, organizationId: organizationId ?? PERSONAL, principal, quantity: 0n };
      this.byName.set(name, bucket);
    }
    this.last = { of: counting, bucket };
    return bucket;
  }
}

/** The name of the group that a wish belongs to. */
export const groupKey = ({ ownerId }: Counting, { feature, window }: MeterWish): string =>
  counterKey({ ownerId, feature, start: window.start });
