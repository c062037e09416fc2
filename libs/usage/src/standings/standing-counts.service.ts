import { Injectable } from '@nestjs/common';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import { type CapacityPlace, type CountedBy, spacesOf } from '../capacity/capacity-space.js';
import type { UsageWindow } from '../windows/window-at.js';

/** A count to look at: units of a window, or things that exist in a place. */
export type WantedCount =
  | {
      readonly kind: 'units';
      readonly ownerId: string;
      readonly feature: string;
      readonly window: UsageWindow;
    }
  | {
      readonly kind: 'things';
      readonly place: CapacityPlace;
      readonly feature: string;
      readonly countedBy: CountedBy;
    };

interface CountRow {
  readonly place: string;
  readonly used: string;
}

/** Reads counts of both kinds, of any number of owners, in one round trip; counts nothing and promises nothing. */
@Injectable()
export class StandingCounts {
  constructor(private readonly transactions: TransactionRunner) {}

  /** The counts, in the order they were asked for; 0n where nothing was counted yet. */
  read(wanted: readonly WantedCount[], reader: Transaction = this.transactions.reader): Promise<bigint[]> {
    return readCounts(reader, wanted);
  }
}

/**
 * The counts, in the order they were asked for and in one round trip; 0n where nothing was counted yet. One that is asked
 * for several times is looked at once: a caller may repeat a question as often as a list is long.
 */
export async function readCounts(reader: Transaction, wanted: readonly WantedCount[]): Promise<bigint[]> {
  if (wanted.length === 0) return [];
  const places = new Map<string, number>();
  const looks: object[] = [];
  const placed = wanted.map((one) => {
    const key = keyOf(one);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, looks.length);
    return looks.push(rowOf(one, looks.length)) - 1;
  });
  const counts = looks.map(() => 0n);
  const rows = await reader.query<CountRow[]>(SQL, [JSON.stringify(looks)]);
  for (const { place, used } of rows) counts[Number(place)] = BigInt(used);
  return placed.map((place) => counts[place] ?? 0n);
}

/** The same for two that are the same count. */
function keyOf(wanted: WantedCount): string {
  if (wanted.kind === 'things') {
    const { place, countedBy, feature } = wanted;
    return `${place.ownerId} ${feature} ${spacesOf(place, countedBy).limiting}`;
  }
  const { ownerId, feature, window } = wanted;
  return `${ownerId} ${feature} ${window.start.getTime()} ${window.opensWith?.getTime() ?? ''}`;
}

/** A window without a row of its own shows the units of the window that it opens with. */
const SQL = `
  with wanted as (
    select * from jsonb_to_recordset($1::jsonb) as w
      (place bigint, owner_id uuid, feature text, window_start timestamptz, opens_with timestamptz, space text)
  )
  select w.place, coalesce(c.used, (
    select o.used from usage_counter o
    where o.owner_id = w.owner_id and o.feature = w.feature and o.window_start <> w.window_start
      and o.window_start <= w.opens_with and o.window_end > w.opens_with
    order by o.window_start desc limit 1), 0) as used
  from wanted w
  left join usage_counter c on c.owner_id = w.owner_id and c.feature = w.feature and c.window_start = w.window_start
  where w.window_start is not null
  union all
  select w.place, c.used
  from wanted w
  join capacity_counter c on c.owner_id = w.owner_id and c.feature = w.feature and c.space = w.space
  where w.space is not null`;

function rowOf(wanted: WantedCount, place: number): object {
  return wanted.kind === 'units'
    ? {
        place,
        owner_id: wanted.ownerId,
        feature: wanted.feature,
        window_start: wanted.window.start.toISOString(),
        opens_with: wanted.window.opensWith?.toISOString() ?? null,
      }
    : {
        place,
        owner_id: wanted.place.ownerId,
        feature: wanted.feature,
        space: spacesOf(wanted.place, wanted.countedBy).limiting,
      };
}
