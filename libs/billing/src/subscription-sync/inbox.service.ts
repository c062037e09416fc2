import { Injectable } from '@nestjs/common';
import {
  Clock,
  IdGenerator,
  type NewWork,
  type Transaction,
  TransactionRunner,
  WorkQueue,
} from '@tollgate/kernel';
import type { ProviderName, VerifiedEvent } from '../providers/payment-provider.js';

/** The kind of work that brings one provider subscription up to date. */
export const SYNC_SUBSCRIPTION = 'subscription.sync';

/** Payload of {@link SYNC_SUBSCRIPTION}. */
export interface SyncSubscription {
  readonly provider: ProviderName;
  readonly subscriptionId: string;
}

/** Why an event is kept but not applied. */
export type QuarantineNote =
  | 'unknown_type'
  | 'unknown_status'
  | 'unknown_price'
  | 'unknown_customer'
  | 'owner_conflict'
  | 'unknown_subscription';

/** An event that waits to be applied. */
export interface WaitingEvent {
  readonly id: string;
  readonly type: string;
}

/** The provider events that we received. The row is the truth; the work it asks for is only legs. */
@Injectable()
export class Inbox {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly work: WorkQueue,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Stores a verified event once, with the work it asks for. Returns after the commit: only then may the
   * provider be told 2xx.
   *
   * @returns false for a duplicate
   */
  async accept(provider: ProviderName, event: VerifiedEvent, payload: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const [stored] = await tx.query<{ id: string }[]>(
        `insert into inbox_event (id, provider, event_id, type, subscription_id, payload, occurred_at, received_at, state, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (provider, event_id) do nothing returning id`,
        [
          this.ids.next(),
          provider,
          event.eventId,
          event.type,
          event.subscriptionId,
          payload,
          event.occurredAt,
          this.clock.now(),
          ...firstState(event),
        ],
      );
      if (!stored) return false;
      if (event.subscriptionId !== null)
        await this.wantSync(tx, { provider, subscriptionId: event.subscriptionId });
      return true;
    });
  }

  /** Asks for a subscription to be fetched and applied; wishes for the same one coalesce. */
  async wantSync(tx: Transaction, wanted: SyncSubscription): Promise<void> {
    await this.work.enqueue(tx, workOf(wanted));
  }

  /** Asks again on behalf of events that wait, unless that wish still stands or was given up. */
  async restoreSync(tx: Transaction, wanted: SyncSubscription): Promise<void> {
    await this.work.restore(tx, workOf(wanted));
  }

  /** The events that wait for a subscription to be applied. */
  async waitingFor(
    reader: Transaction,
    { provider, subscriptionId }: SyncSubscription,
  ): Promise<WaitingEvent[]> {
    return reader.query<WaitingEvent[]>(
      `select id, type from inbox_event where provider = $1 and subscription_id = $2 and state = 'received'`,
      [provider, subscriptionId],
    );
  }

  /** Marks events as handled, in the transaction of their effect. */
  async markHandled(tx: Transaction, events: readonly WaitingEvent[]): Promise<void> {
    await this.mark(tx, events, 'handled', null);
  }

  /** Sets events aside for staff: stored, not applied. */
  async quarantine(tx: Transaction, events: readonly WaitingEvent[], note: QuarantineNote): Promise<void> {
    await this.mark(tx, events, 'quarantined', note);
  }

  /** The subscriptions of waiting events, for whatever lost its work. */
  async subscriptionsWaiting(reader: Transaction, limit: number): Promise<SyncSubscription[]> {
    return reader.query<SyncSubscription[]>(
      `select distinct provider, subscription_id as "subscriptionId" from inbox_event
       where state = 'received' and subscription_id is not null limit $1`,
      [limit],
    );
  }

  private async mark(
    tx: Transaction,
    events: readonly WaitingEvent[],
    state: 'handled' | 'quarantined',
    note: QuarantineNote | null,
  ): Promise<void> {
    await tx.query('update inbox_event set state = $2, note = $3, handled_at = $4 where id = any($1)', [
      events.map((event) => event.id),
      state,
      note,
      this.clock.now(),
    ]);
  }
}

function workOf(wanted: SyncSubscription): NewWork {
  return { kind: SYNC_SUBSCRIPTION, key: `${wanted.provider}:${wanted.subscriptionId}`, payload: wanted };
}

/** State and note of a new row: events about no subscription have nothing to wait for. */
function firstState(event: VerifiedEvent): ['received' | 'ignored' | 'quarantined', QuarantineNote | null] {
  if (event.topic === 'unknown') return ['quarantined', 'unknown_type'];
  return event.subscriptionId === null ? ['ignored', null] : ['received', null];
}
