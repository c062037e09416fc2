import { Injectable, Logger } from '@nestjs/common';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import { type CapacityCensus, CapacityCensuses, type CensusLine } from './capacity-census.js';
import { spacesOf, TOTAL } from './capacity-space.js';

/** A count that did not agree with what exists. */
export interface CapacityDrift {
  readonly ownerId: string;
  readonly feature: string;
  readonly space: string;
  readonly counted: bigint;
  readonly existing: bigint;
}

interface CounterRow {
  readonly owner_id: string;
  readonly space: string;
  readonly used: string;
}

/**
 * Compares standing counts with what exists, and mends them. A suspicion comes from one look at everything; before
 * anything is changed the owner's counts are locked and its things counted again, so that nothing on its way is lost.
 */
@Injectable()
export class CapacityRecount {
  private readonly logger = new Logger(CapacityRecount.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly censuses: CapacityCensuses,
  ) {}

  /** Recounts every feature with a census; answers what was wrong and is mended. */
  async run(): Promise<CapacityDrift[]> {
    const mended: CapacityDrift[] = [];
    for (const census of this.censuses.all()) {
      const suspects = await this.transactions.run((tx) => driftOf(tx, census, null));
      for (const ownerId of new Set(suspects.map((drift) => drift.ownerId)))
        mended.push(...(await this.mend(census, ownerId, suspects)));
    }
    for (const { ownerId, feature, space, counted, existing } of mended)
      this.logger.warn(
        `${feature} of owner ${ownerId} in ${space}: counted ${counted}, existing ${existing}; mended`,
      );
    return mended;
  }

  private mend(
    census: CapacityCensus,
    ownerId: string,
    suspects: readonly CapacityDrift[],
  ): Promise<CapacityDrift[]> {
    return this.transactions.run(async (tx) => {
      const locked = await lockSpaces(
        tx,
        census.feature,
        ownerId,
        suspects.filter((suspect) => suspect.ownerId === ownerId).map(({ space }) => space),
      );
      const drifts = (await driftOf(tx, census, ownerId)).filter(({ space }) => locked.has(space));
      for (const { space, existing } of drifts)
        await tx.query(
          'update capacity_counter set used = $4 where owner_id = $1 and feature = $2 and space = $3',
          [ownerId, census.feature, space, String(existing)],
        );
      return drifts;
    });
  }
}

/**
 * Locks the counts of an owner, those of suspicious spaces even if they had none: whoever takes or gives back there holds
 * them until its thing is committed as well. The total comes first, as it does when a place is taken.
 */
async function lockSpaces(
  tx: Transaction,
  feature: string,
  ownerId: string,
  suspicious: readonly string[],
): Promise<Set<string>> {
  const order = 'order by space <> $3, space';
  await tx.query(
    `insert into capacity_counter (owner_id, feature, space, used)
     select $1, $2, space, 0 from unnest($4::text[]) as s (space) ${order} on conflict do nothing`,
    [ownerId, feature, TOTAL, suspicious],
  );
  const rows = await tx.query<{ space: string }[]>(
    `select space from capacity_counter where owner_id = $1 and feature = $2 ${order} for update`,
    [ownerId, feature, TOTAL],
  );
  return new Set(rows.map(({ space }) => space));
}

async function driftOf(
  tx: Transaction,
  census: CapacityCensus,
  ownerId: string | null,
): Promise<CapacityDrift[]> {
  const { feature, countedBy } = census;
  const existing = bySpace(await census.count(tx, ownerId), countedBy);
  const rows = await tx.query<CounterRow[]>(
    'select owner_id, space, used from capacity_counter where feature = $1 and ($2::uuid is null or owner_id = $2)',
    [feature, ownerId],
  );
  const counted = new Map(rows.map((row) => [`${row.owner_id}\n${row.space}`, BigInt(row.used)]));
  return [...new Set([...existing.keys(), ...counted.keys()])].flatMap((key) => {
    const [owner = '', space = ''] = key.split('\n');
    const [is, was] = [existing.get(key) ?? 0n, counted.get(key) ?? 0n];
    return is === was ? [] : [{ ownerId: owner, feature, space, counted: was, existing: is }];
  });
}

/** How many things stand in each counter row, by owner and space. */
function bySpace(lines: readonly CensusLine[], countedBy: CapacityCensus['countedBy']): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const line of lines) {
    const { limiting, parts } = spacesOf(line, countedBy);
    for (const space of [limiting, ...parts]) {
      const key = `${line.ownerId}\n${space}`;
      sums.set(key, (sums.get(key) ?? 0n) + line.things);
    }
  }
  return sums;
}
