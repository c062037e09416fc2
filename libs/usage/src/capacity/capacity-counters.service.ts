import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { roomOf } from '../limit.js';
import { type CapacityPlace, spacesOf, type CountedBy } from './capacity-space.js';

/** A limit to hold: the counter learns it with every call and knows no plan. */
export interface CapacityLimit {
  readonly feature: string;
  readonly countedBy: CountedBy;
  /** Largest standing count, or `UNLIMITED`. */
  readonly limit: bigint;
}

/** Whether the place was taken, and how many were in use before. */
export interface CapacityAnswer {
  readonly taken: boolean;
  readonly used: bigint;
}

/**
 * Standing counts of things that exist. Taken and given back in the transaction of the thing itself, so a count
 * and its thing live or die together; the conditional write is what keeps two creates from sharing a last place.
 */
@Injectable()
export class CapacityCounters {
  /** Takes one place, or nothing when the limit is reached. The counter row stays locked until the end of `tx`. */
  async take(tx: Transaction, place: CapacityPlace, limit: CapacityLimit): Promise<CapacityAnswer> {
    const { limiting, parts } = spacesOf(place, limit.countedBy);
    const used = await this.addWithin(tx, place.ownerId, limit, limiting);
    if (used === null) return { taken: false, used: await this.used(tx, place, limit) };
    for (const part of parts) await this.add(tx, place.ownerId, limit.feature, part, 1n);
    return { taken: true, used: used - 1n };
  }

  /** Gives one place back; a count never falls below zero. */
  async giveBack(
    tx: Transaction,
    place: CapacityPlace,
    feature: string,
    countedBy: CountedBy,
  ): Promise<void> {
    const { limiting, parts } = spacesOf(place, countedBy);
    for (const space of [limiting, ...parts]) await this.add(tx, place.ownerId, feature, space, -1n);
  }

  /** How many places are in use where the limit counts. */
  async used(
    reader: Transaction,
    place: CapacityPlace,
    limit: Pick<CapacityLimit, 'feature' | 'countedBy'>,
  ): Promise<bigint> {
    const { limiting } = spacesOf(place, limit.countedBy);
    const [row] = await reader.query<{ used: string }[]>(
      'select used from capacity_counter where owner_id = $1 and feature = $2 and space = $3',
      [place.ownerId, limit.feature, limiting],
    );
    return BigInt(row?.used ?? 0);
  }

  private async addWithin(
    tx: Transaction,
    ownerId: string,
    { feature, limit }: CapacityLimit,
    space: string,
  ): Promise<bigint | null> {
    const [row] = await tx.query<{ used: string }[]>(
      `insert into capacity_counter as c (owner_id, feature, space, used)
       select $1, $2, $3, 1 where $4::bigint >= 1
       on conflict (owner_id, feature, space) do update set used = c.used + 1 where c.used < $4::bigint
       returning used`,
      [ownerId, feature, space, String(roomOf(limit))],
    );
    return row ? BigInt(row.used) : null;
  }

  private async add(
    tx: Transaction,
    ownerId: string,
    feature: string,
    space: string,
    n: bigint,
  ): Promise<void> {
    await tx.query(
      `insert into capacity_counter as c (owner_id, feature, space, used) values ($1, $2, $3, greatest($4::bigint, 0))
       on conflict (owner_id, feature, space) do update set used = greatest(c.used + $4::bigint, 0)`,
      [ownerId, feature, space, String(n)],
    );
  }
}
