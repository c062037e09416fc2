import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { ReconcileStore } from '../reconcile/reconcile.store.js';
import type { QuarantineNote, WaitingEvent } from './inbox-event.js';
import { Inbox, type SyncSubscription } from './inbox.service.js';

/** Events that cannot be used yet: set aside with an alert, and let out again when what was missing has appeared. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly inbox: Inbox,
    private readonly alerts: Alerts,
    private readonly differences: ReconcileStore,
  ) {}

  /** Sets the waiting events of a subscription aside, and tells staff. */
  async setAside(
    tx: Transaction,
    { provider, subscriptionId }: SyncSubscription,
    events: readonly WaitingEvent[],
    note: QuarantineNote,
    ownerId: string | null = null,
  ): Promise<void> {
    await this.inbox.quarantine(tx, events, note);
    await this.alerts.raise(tx, {
      kind: 'event_quarantined',
      subject: `${provider}:${subscriptionId}`,
      ownerId,
      details: { provider, subscriptionId, note, events: events.length },
    });
  }

  /** Says that a subscription was applied: its events are handled, and there is nothing to look at any more. */
  async clear(
    tx: Transaction,
    { provider, subscriptionId }: SyncSubscription,
    events: readonly WaitingEvent[],
  ): Promise<void> {
    await this.inbox.markHandled(tx, events);
    await this.alerts.settle(tx, 'event_quarantined', `${provider}:${subscriptionId}`);
    await this.differences.markRepaired(tx, provider, [subscriptionId]);
  }

  /**
   * Gives quarantined events of one kind another chance: each subscription is fetched and applied once. What is
   * still not usable is set aside again.
   *
   * @param customerId only those of one customer
   * @returns how many events
   */
  async release(
    tx: Transaction,
    provider: ProviderName,
    note: QuarantineNote,
    customerId: string | null = null,
  ): Promise<number> {
    const [rows] = await tx.query<[{ subscriptionId: string }[], number]>(
      `update inbox_event set state = 'received', note = null, handled_at = null
       where provider = $1 and note = $2 and state = 'quarantined' and subscription_id is not null
         and ($3::text is null or customer_id = $3)
       returning subscription_id as "subscriptionId"`,
      [provider, note, customerId],
    );
    const waiting = new Set(rows.map((row) => row.subscriptionId));
    for (const subscriptionId of waiting) await this.inbox.wantSync(tx, { provider, subscriptionId });
    return rows.length;
  }
}
