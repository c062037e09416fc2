import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { BillingInterval, HostedCheckout, ProviderName } from '../providers/payment-provider.js';

/** What a checkout is for; two with the same wish are the same checkout. */
export interface CheckoutWish {
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Null on plans without seats. */
  readonly seats: number | null;
}

/** An open checkout of an owner. */
export interface OpenCheckout extends CheckoutWish {
  readonly id: string;
  readonly provider: ProviderName;
  readonly providerCheckoutId: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** The checkouts that we opened: at most one open for each owner. */
@Injectable()
export class CheckoutsStore {
  /** The owner's open checkout, even if its time is over. */
  async openOf(reader: Transaction, ownerId: string): Promise<OpenCheckout | null> {
    const [row] = await reader.query<OpenCheckout[]>(
      `select id, provider, provider_checkout_id as "providerCheckoutId", plan, interval, seats, url,
         expires_at as "expiresAt"
       from checkout where owner_id = $1 and state = 'open'`,
      [ownerId],
    );
    return row ?? null;
  }

  /** Writes a new open checkout. */
  async insert(
    tx: Transaction,
    checkout: CheckoutWish & {
      id: string;
      ownerId: string;
      provider: ProviderName;
      hosted: HostedCheckout;
      at: Date;
    },
  ): Promise<void> {
    await tx.query(
      `insert into checkout (id, owner_id, provider, provider_checkout_id, plan, interval, seats, url, state, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10)`,
      [
        checkout.id,
        checkout.ownerId,
        checkout.provider,
        checkout.hosted.id,
        checkout.plan,
        checkout.interval,
        checkout.seats,
        checkout.hosted.url,
        checkout.at,
        checkout.hosted.expiresAt,
      ],
    );
  }

  /** Ends an open checkout. */
  async close(tx: Transaction, id: string, state: 'completed' | 'superseded' | 'expired'): Promise<void> {
    await tx.query(`update checkout set state = $2 where id = $1 and state = 'open'`, [id, state]);
  }

  /** Ends whatever checkout an owner has open: something was bought. */
  async completeOf(tx: Transaction, ownerId: string): Promise<void> {
    await tx.query(`update checkout set state = 'completed' where owner_id = $1 and state = 'open'`, [
      ownerId,
    ]);
  }
}
