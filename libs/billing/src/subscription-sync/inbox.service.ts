import { Injectable } from '@nestjs/common';
import {
  Clock,
  IdGenerator,
  type NewWork,
  type Transaction,
  TransactionRunner,
  WorkQueue,
} from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import type { ProviderName, VerifiedEvent } from '../providers/payment-provider.js';
import {
  type EventToHandle,
  firstState,
  HANDLE_EVENT,
  isHandledByItself,
  moneyBackRow,
  type QuarantineNote,
  TOLD_BY_ITSELF,
  type WaitingEvent,
} from './inbox-event.js';

/** The kind of work that brings one provider subscription up to date. */
export const SYNC_SUBSCRIPTION = 'subscription.sync';

/** Payload of {@link SYNC_SUBSCRIPTION}. */
export interface SyncSubscription {
  readonly provider: ProviderName;
  readonly subscriptionId: string;
}

/** The provider events that we received. The row is the truth; the work it asks for is only legs. */
@Injectable()
export class Inbox {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly work: WorkQueue,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly alerts: Alerts,
  ) {}

  /**
   * Stores a verified event once, with the work it asks for. Returns after the commit: only then may the
   * provider be told 2xx.
   *
   * @returns false for a duplicate
   */
  async accept(provider: ProviderName, event: VerifiedEvent, payload: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const [state, note] = firstState(event);
      const id = await this.insert(tx, provider, event, payload, [state, note]);
      if (id === null) return false;
      if (state === 'quarantined') await this.tellStaff(tx, provider, event, note);
      // Of the other mode nothing is looked up: its ids mean nothing to our key.
      if (event.isOfOtherMode) return true;
      if (isHandledByItself(event)) await this.work.enqueue(tx, workOfEvent({ id }));
      if (event.subscriptionId !== null)
        await this.wantSync(tx, { provider, subscriptionId: event.subscriptionId });
      return true;
    });
  }

  /** One alert for each unknown type, and one for all that comes of the other mode: each has one cause. */
  private async tellStaff(
    tx: Transaction,
    provider: ProviderName,
    { type, eventId, isOfOtherMode }: VerifiedEvent,
    note: QuarantineNote | null,
  ): Promise<void> {
    await this.alerts.raise(tx, {
      kind: 'event_quarantined',
      subject: `${provider}:${isOfOtherMode ? note : type}`,
      ownerId: null,
      details: { provider, note, type, eventId },
    });
  }

  private async insert(
    tx: Transaction,
    provider: ProviderName,
    event: VerifiedEvent,
    payload: string,
    first: ReturnType<typeof firstState>,
  ): Promise<string | null> {
    const [stored] = await tx.query<{ id: string }[]>(
      `insert into inbox_event (id, provider, event_id, type, subscription_id, payload, occurred_at, received_at,
         state, note, topic, customer_id, checkout_id, money_back)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
        ...first,
        event.topic,
        event.customerId,
        event.checkoutId,
        event.moneyBack ? moneyBackRow(event.moneyBack) : null,
      ],
    );
    return stored?.id ?? null;
  }

  /** Asks for a subscription to be fetched and applied; wishes for the same one coalesce. */
  async wantSync(tx: Transaction, wanted: SyncSubscription): Promise<void> {
    await this.work.enqueue(tx, workOf(wanted));
  }

  /** Whether a subscription is still to be fetched and applied. */
  async isSyncWanted(reader: Transaction, wanted: SyncSubscription): Promise<boolean> {
    return this.work.isPending(reader, workOf(wanted));
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
      `select id, type from inbox_event
       where provider = $1 and subscription_id = $2 and state = 'received'
         and (topic is null or topic <> all($3))`,
      [provider, subscriptionId, TOLD_BY_ITSELF],
    );
  }

  /** Marks events as handled, in the transaction of their effect. */
  async markHandled(tx: Transaction, events: readonly Pick<WaitingEvent, 'id'>[]): Promise<void> {
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
       where state = 'received' and subscription_id is not null and (topic is null or topic <> all($2)) limit $1`,
      [limit, TOLD_BY_ITSELF],
    );
  }

  /** Asks for work again on behalf of events that are handled for themselves, in case their work row was lost. */
  async restoreOwnEvents(tx: Transaction, limit: number): Promise<number> {
    const waiting = await tx.query<EventToHandle[]>(
      `select id from inbox_event where state = 'received' and (subscription_id is null or topic = any($2)) limit $1`,
      [limit, TOLD_BY_ITSELF],
    );
    for (const event of waiting) await this.work.restore(tx, workOfEvent(event));
    return waiting.length;
  }

  private async mark(
    tx: Transaction,
    events: readonly Pick<WaitingEvent, 'id'>[],
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

function workOfEvent(event: EventToHandle): NewWork {
  return { kind: HANDLE_EVENT, key: event.id, payload: event };
}
