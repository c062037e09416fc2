import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, type Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import type { Difference } from './differences.js';

/** Which subscriptions a run looked at: those that changed lately or stand at an edge, or all. */
export type ReconcileScope = 'recent' | 'full';

/** One comparison with a provider. */
export interface ReconcileRun {
  readonly id: string;
  readonly provider: ProviderName;
  readonly scope: ReconcileScope;
  readonly startedAt: Date;
  /** Null while it runs, and for one that died. */
  readonly finishedAt: Date | null;
  readonly listed: number | null;
  readonly differing: number | null;
  readonly error: string | null;
}

/** A difference as kept for staff. */
export interface FoundDifference extends Difference {
  readonly id: string;
  readonly provider: ProviderName;
  readonly subscriptionId: string;
  readonly ownerId: string | null;
  readonly foundAt: Date;
  readonly repairedAt: Date | null;
}

/** Runs of reconcile and what they found. */
@Injectable()
export class ReconcileStore {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Writes that a run began, and answers its id. */
  async begin(tx: Transaction, provider: ProviderName, scope: ReconcileScope): Promise<string> {
    const id = this.ids.next();
    await tx.query('insert into reconcile_run (id, provider, scope, started_at) values ($1, $2, $3, $4)', [
      id,
      provider,
      scope,
      this.clock.now(),
    ]);
    return id;
  }

  /** Writes how a run ended. */
  async finish(
    tx: Transaction,
    id: string,
    { listed, differing, error }: Pick<ReconcileRun, 'error'> & { listed: number; differing: number },
  ): Promise<void> {
    await tx.query(
      'update reconcile_run set finished_at = $2, listed = $3, differing = $4, error = $5 where id = $1',
      [id, this.clock.now(), listed, differing, error],
    );
  }

  /** When the last run without an error began, for looking on from there; null when there was none. */
  async lastGood(reader: Transaction, provider: ProviderName, scope: ReconcileScope): Promise<Date | null> {
    const [row] = await reader.query<{ started_at: Date | null }[]>(
      `select max(started_at) as started_at from reconcile_run
       where provider = $1 and (scope = $2 or scope = 'full') and finished_at is not null and error is null`,
      [provider, scope],
    );
    return row?.started_at ?? null;
  }

  /** Keeps the differences of one subscription; the same one is not kept twice while it stands open. */
  async keep(
    tx: Transaction,
    runId: string,
    subject: { readonly provider: ProviderName; readonly id: string; readonly ownerId: string | null },
    differences: readonly Difference[],
  ): Promise<void> {
    const at = this.clock.now();
    for (const { field, ours, theirs } of differences) {
      await tx.query(
        `insert into reconcile_difference (id, run_id, provider, subscription_id, owner_id, field, ours, theirs, found_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9 where not exists (
           select from reconcile_difference where provider = $3 and subscription_id = $4 and field = $6
             and theirs is not distinct from $8 and repaired_at is null)`,
        [this.ids.next(), runId, subject.provider, subject.id, subject.ownerId, field, ours, theirs, at],
      );
    }
  }

  /** Says that subscriptions are equal again. */
  async markRepaired(
    tx: Transaction,
    provider: ProviderName,
    subscriptionIds: readonly string[],
  ): Promise<void> {
    await tx.query(
      `update reconcile_difference set repaired_at = $3
       where provider = $1 and subscription_id = any($2) and repaired_at is null`,
      [provider, subscriptionIds, this.clock.now()],
    );
  }

  /** The latest runs, newest first. */
  async runs(reader: Transaction, limit: number): Promise<ReconcileRun[]> {
    return reader.query<ReconcileRun[]>(
      `select id, provider, scope, started_at as "startedAt", finished_at as "finishedAt", listed, differing, error
       from reconcile_run order by id desc limit $1`,
      [limit],
    );
  }

  /** A page of differences, newest first; `after` is the id of the last one of the page before. */
  async differences(
    reader: Transaction,
    { open, after, limit }: { readonly open: boolean; readonly after?: string; readonly limit: number },
  ): Promise<FoundDifference[]> {
    return reader.query<FoundDifference[]>(
      `select id, provider, subscription_id as "subscriptionId", owner_id as "ownerId", field, ours, theirs,
         found_at as "foundAt", repaired_at as "repairedAt"
       from reconcile_difference
       where (not $1 or repaired_at is null) and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [open, after ?? null, limit],
    );
  }
}
