import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import type { EventTopic, MoneyBack } from '../providers/webhook-event.js';

/** An event that is handled for itself, as stored. */
export interface OwnEvent {
  readonly id: string;
  readonly provider: ProviderName;
  readonly eventId: string;
  readonly topic: EventTopic;
  readonly occurredAt: Date;
  readonly subscriptionId: string | null;
  readonly customerId: string | null;
  readonly checkoutId: string | null;
  /** The amount in decimal digits. */
  readonly moneyBack:
    | (Omit<MoneyBack, 'money'> & {
        readonly money: { readonly amount: string; readonly currency: string } | null;
      })
    | null;
}

const WAITING = `select id, provider, event_id as "eventId", topic, occurred_at as "occurredAt",
    subscription_id as "subscriptionId", customer_id as "customerId", checkout_id as "checkoutId",
    money_back as "moneyBack"
  from inbox_event where id = $1 and state = 'received'`;

/** Reads events that are handled for themselves. */
@Injectable()
export class OwnEventsStore {
  /** An event that still waits, locked until the end of the transaction; null when it was handled meanwhile. */
  async lockWaiting(tx: Transaction, id: string): Promise<OwnEvent | null> {
    const [row] = await tx.query<OwnEvent[]>(`${WAITING} for update`, [id]);
    return row ?? null;
  }

  /** The same for looking only, without a lock. */
  async findWaiting(reader: Transaction, id: string): Promise<OwnEvent | null> {
    const [row] = await reader.query<OwnEvent[]>(WAITING, [id]);
    return row ?? null;
  }
}
