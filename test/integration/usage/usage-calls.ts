import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  type ConsumeAnswer,
  type ConsumeRequest,
  type MeterWish,
  type UsageMeter,
  windowAt,
} from '../../../libs/usage/src/index.js';

/** The instant most tests count at. */
export const NOON = new Date('2027-03-10T12:00:00Z');
const NEVER_MOVED = { at: new Date('2027-01-31T02:30:00Z'), moved: null };

/** An owner that nobody has counted for yet. */
export const newOwner = (): string => randomUUID();

/** One meter: a unit of `executions` in this month, at most 10, unless said otherwise. */
export function meter(wish: Partial<Omit<MeterWish, 'window'>> & { at?: Date } = {}): MeterWish {
  const { at = NOON, ...own } = wish;
  const window = windowAt('month', NEVER_MOVED, at);
  return { feature: 'executions', quantity: 1n, limit: 10n, overage: 'deny', window, ...own };
}

/** A request of one meter, unless said otherwise. */
export function asking(ownerId: string, wish: Partial<ConsumeRequest> = {}): ConsumeRequest {
  const at = wish.at ?? NOON;
  return {
    ownerId,
    organizationId: null,
    principal: 'user:1',
    at,
    key: null,
    meters: [meter({ at })],
    ...wish,
  };
}

/** How many of the answers are grants. */
export const granted = (answers: readonly ConsumeAnswer[]): number =>
  answers.filter((answer) => answer.granted).length;

/** So many calls at once, spread over the meters of several processes. */
export function callsAtOnce(
  meters: readonly UsageMeter[],
  calls: number,
  request: (call: number) => ConsumeRequest,
): Promise<ConsumeAnswer[]> {
  return Promise.all(
    Array.from({ length: calls }, async (_, call) => {
      const of = meters[call % meters.length];
      if (!of) throw new Error('no meters');
      return of.consume(request(call));
    }),
  );
}

/** What the rows say of an owner: the counters, and the buckets with what windows opened with. */
export async function countsOf(
  database: DataSource,
  ownerId: string,
): Promise<{ counters: bigint; buckets: bigint; grants: bigint }> {
  const [row] = await database.query<{ counters: string; buckets: string; grants: string }[]>(
    `select (select coalesce(sum(used), 0) from usage_counter where owner_id = $1) as counters,
       (select coalesce(sum(quantity), 0) from usage_bucket where owner_id = $1)
         + (select coalesce(sum(carried), 0) from usage_counter where owner_id = $1) as buckets,
       (select coalesce(sum(n), 0) from usage_grant, unnest(counted) as n
        where owner_id = $1) as grants`,
    [ownerId],
  );
  return {
    counters: BigInt(row?.counters ?? -1),
    buckets: BigInt(row?.buckets ?? -1),
    grants: BigInt(row?.grants ?? -1),
  };
}
