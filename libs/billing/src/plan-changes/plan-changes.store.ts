import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';

/** A change that we keep until its time, because the provider cannot. */
export interface OwnPlanChange {
  readonly id: string;
  readonly ownerId: string;
  readonly provider: ProviderName;
  readonly subscriptionId: string;
  readonly fromPlan: string;
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Null on plans without seats. */
  readonly seats: number | null;
  readonly priceRef: string;
  readonly effectiveAt: Date;
}

/** How a pending change ended, or that it has been sent. */
export type PlanChangeState = 'sent' | 'applied' | 'revoked' | 'superseded' | 'refused';

const COLUMNS = `id, owner_id as "ownerId", provider, subscription_id as "subscriptionId", from_plan as "fromPlan",
  plan, interval, seats, price_ref as "priceRef", effective_at as "effectiveAt"`;

/** Pending changes of our own: at most one for each subscription. */
@Injectable()
export class PlanChangesStore {
  /** The change that waits for its time; null when none does. */
  async pendingOf(
    reader: Transaction,
    provider: ProviderName,
    subscriptionId: string,
  ): Promise<OwnPlanChange | null> {
    const [row] = await reader.query<OwnPlanChange[]>(
      `select ${COLUMNS} from plan_change
       where provider = $1 and subscription_id = $2 and state in ('scheduled', 'sent')`,
      [provider, subscriptionId],
    );
    return row ?? null;
  }

  /** Writes a new pending change. The one before must have ended. */
  async insert(tx: Transaction, change: OwnPlanChange, at: Date): Promise<void> {
    await tx.query(
      `insert into plan_change (id, owner_id, provider, subscription_id, from_plan, plan, interval, seats, price_ref,
         effective_at, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'scheduled', $11)`,
      [
        change.id,
        change.ownerId,
        change.provider,
        change.subscriptionId,
        change.fromPlan,
        change.plan,
        change.interval,
        change.seats,
        change.priceRef,
        change.effectiveAt,
        at,
      ],
    );
  }

  /**
   * The change that the provider has made, while the plan of before goes on here until the period ends; null when none is
   * held. It is held until the subscription was fetched after that edge.
   */
  async heldOf(
    reader: Transaction,
    { provider, id, plan }: { readonly provider: ProviderName; readonly id: string; readonly plan: string },
    at: Date,
  ): Promise<OwnPlanChange | null> {
    const [row] = await reader.query<OwnPlanChange[]>(
      `select ${COLUMNS} from plan_change
       where provider = $1 and subscription_id = $2 and state = 'applied' and from_plan = $3 and plan <> $3
         and (effective_at > $4 or exists (
           select from provider_subscription s where s.provider = $1 and s.id = $2 and s.plan_rule = 'held'))
       order by created_at desc limit 1`,
      [provider, id, plan, at],
    );
    return row ?? null;
  }

  /** Ends the change of a subscription that was not sent yet; false when there is none. */
  async endScheduled(
    tx: Transaction,
    provider: ProviderName,
    subscriptionId: string,
    state: 'revoked' | 'superseded',
    at: Date,
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update plan_change set state = $3, ended_at = $4
       where provider = $1 and subscription_id = $2 and state = 'scheduled'`,
      [provider, subscriptionId, state, at],
    );
    return count > 0;
  }

  /** Changes whose time comes by `at`, not sent yet. */
  async due(reader: Transaction, at: Date, limit: number): Promise<OwnPlanChange[]> {
    return reader.query<OwnPlanChange[]>(
      `select ${COLUMNS} from plan_change where state = 'scheduled' and effective_at <= $1
       order by effective_at limit $2`,
      [at, limit],
    );
  }

  /** The instants after `from` and until `to` at which changes take place that were not sent yet, in order. */
  async edges(reader: Transaction, from: Date, to: Date): Promise<Date[]> {
    const rows = await reader.query<{ effective_at: Date }[]>(
      `select distinct effective_at from plan_change
       where state = 'scheduled' and effective_at > $1 and effective_at <= $2 order by effective_at`,
      [from, to],
    );
    return rows.map((row) => row.effective_at);
  }

  /** Says by which command a change was sent. */
  async markSent(tx: Transaction, id: string, commandId: string): Promise<void> {
    await tx.query(`update plan_change set state = 'sent', command_id = $2 where id = $1`, [id, commandId]);
  }

  /** Ends the change that a command carried, if it carried one. */
  async endOfCommand(
    tx: Transaction,
    commandId: string,
    state: 'applied' | 'refused',
    at: Date,
  ): Promise<void> {
    await tx.query(
      `update plan_change set state = $2, ended_at = $3 where command_id = $1 and state = 'sent'`,
      [commandId, state, at],
    );
  }

  /**
   * The plan that goes on until the period ends although the provider has the new one already: a change is sent shortly
   * before the edge, so that the renewal is charged right. Null when nothing is held.
   */
  async planHeld(
    reader: Transaction,
    { provider, id }: { readonly provider: ProviderName; readonly id: string },
    plan: string,
    at: Date,
  ): Promise<string | null> {
    const [row] = await reader.query<{ from_plan: string }[]>(
      `select from_plan from plan_change
       where provider = $1 and subscription_id = $2 and plan = $3 and state in ('sent', 'applied') and effective_at > $4
       order by created_at desc limit 1`,
      [provider, id, plan, at],
    );
    return row?.from_plan ?? null;
  }
}
