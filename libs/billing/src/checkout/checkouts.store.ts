import { Injectable } from '@nestjs/common';
import { isUuid, type Transaction } from '@tollgate/kernel';
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

/** A subscription that a checkout is to take the place of, at another provider. */
export interface ReplacedSubscription {
  readonly provider: ProviderName;
  readonly id: string;
}

/** A checkout to be written. */
export interface NewCheckoutRow extends CheckoutWish {
  readonly id: string;
  readonly ownerId: string;
  readonly provider: ProviderName;
  readonly hosted: HostedCheckout;
  readonly trialDays: number | null;
  readonly replaces: ReplacedSubscription | null;
  readonly at: Date;
}

/** Any checkout, whatever has become of it. */
export interface StoredCheckout {
  readonly id: string;
  readonly ownerId: string;
  readonly provider: ProviderName;
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly state: 'open' | 'completed' | 'superseded' | 'expired';
  readonly replaces: ReplacedSubscription | null;
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
  async insert(tx: Transaction, checkout: NewCheckoutRow): Promise<void> {
    await tx.query(
      `insert into checkout (id, owner_id, provider, provider_checkout_id, plan, interval, seats, url, state,
         created_at, expires_at, trial_days, replaces_provider, replaces_subscription_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12, $13)`,
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
        checkout.trialDays,
        checkout.replaces?.provider ?? null,
        checkout.replaces?.id ?? null,
      ],
    );
  }

  /** A checkout by our id or by the provider's; null when we opened none like that. */
  async find(reader: Transaction, checkoutId: string): Promise<StoredCheckout | null> {
    const [row] = await reader.query<
      (Omit<StoredCheckout, 'replaces'> & { replacedAt: ProviderName | null; replacedId: string | null })[]
    >(
      `select id, owner_id as "ownerId", provider, plan, interval, state, replaces_provider as "replacedAt",
         replaces_subscription_id as "replacedId"
       from checkout where ${isUuid(checkoutId) ? 'id' : 'provider_checkout_id'} = $1`,
      [checkoutId],
    );
    if (!row) return null;
    const { replacedAt, replacedId, ...checkout } = row;
    return {
      ...checkout,
      replaces: replacedAt && replacedId ? { provider: replacedAt, id: replacedId } : null,
    };
  }

  /** Whether what the owner last bought at a provider took the place of a subscription elsewhere. */
  async lastWasMove(reader: Transaction, ownerId: string, provider: ProviderName): Promise<boolean> {
    const [row] = await reader.query<{ moved: boolean }[]>(
      `select replaces_subscription_id is not null as moved from checkout
       where owner_id = $1 and provider = $2 and state = 'completed' order by created_at desc, id desc limit 1`,
      [ownerId, provider],
    );
    return row?.moved ?? false;
  }

  /** Says that a page was paid, whatever we thought had become of it. */
  async complete(tx: Transaction, id: string): Promise<void> {
    await tx.query(`update checkout set state = 'completed' where id = $1`, [id]);
  }

  /** Ends an open page whose time is over, named by our id or by the provider's. */
  async expire(tx: Transaction, checkoutId: string): Promise<void> {
    const checkout = await this.find(tx, checkoutId);
    if (checkout) await this.close(tx, checkout.id, 'expired');
  }

  /** Ends an open checkout. */
  async close(tx: Transaction, id: string, state: 'completed' | 'superseded' | 'expired'): Promise<void> {
    await tx.query(`update checkout set state = $2 where id = $1 and state = 'open'`, [id, state]);
  }

  /** Says of the page that an owner has open at a provider that another is to be opened instead. */
  async supersedeOf(tx: Transaction, provider: ProviderName, ownerId: string): Promise<void> {
    await tx.query(
      `update checkout set state = 'superseded' where owner_id = $1 and provider = $2 and state = 'open'`,
      [ownerId, provider],
    );
  }

  /** Ends whatever checkout an owner has open: something was bought. */
  async completeOf(tx: Transaction, ownerId: string): Promise<void> {
    await tx.query(`update checkout set state = 'completed' where owner_id = $1 and state = 'open'`, [
      ownerId,
    ]);
  }
}
