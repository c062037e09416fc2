import type { HostedCheckout, PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';

/** A delivery as it reached the webhook address. */
export interface ArrivedDelivery {
  readonly rawBody: Buffer;
  readonly headers: Record<string, string>;
}

/** One provider under test, and the hands of a buyer and of the provider itself. */
export interface ProviderBench {
  readonly provider: PaymentProvider;
  /** The same provider, at an address where nothing listens. */
  readonly unreachable: PaymentProvider;
  /**
   * `pro` for 99.00 USD by the month and for 999.00 USD by the year, `team` for 30.00 and `enterprise` for 60.00 USD per
   * seat and month.
   */
  readonly priceRefs: {
    readonly pro: string;
    readonly proYearly: string;
    readonly team: string;
    readonly enterprise: string;
  };
  /** Pays as the buyer does; answers the subscription's id, or throws when the page refuses. */
  pay(checkout: HostedCheckout): Promise<string>;
  /** Does what the customer does in the portal, or the provider by itself. */
  act(subscriptionId: string, what: 'cancel' | 'uncancel' | 'revoke' | 'fail-payment'): Promise<void>;
  /** What the provider delivered about this subscription until now; at least one. */
  deliveriesAbout(subscriptionId: string): Promise<readonly ArrivedDelivery[]>;
  /** From now on this customer's card refuses. */
  breakCard(subscription: { readonly id: string; readonly customerId: string }): Promise<void>;
  /** Deletes a customer, as the merchant does in the provider's dashboard. */
  deleteCustomer(customerId: string): Promise<void>;
  /** A renewal holds the subscription, where the provider has such a thing; answers whether it has. */
  lock(subscriptionId: string): Promise<boolean>;
  /** What was paid for a subscription at last, as events about money name it: a Polar order, a Stripe charge. */
  paymentOf(subscriptionId: string): Promise<string>;
  /** Units that the provider counted for a customer on a meter. */
  counted(customerId: string, meter: string): Promise<bigint>;
  /** How many calls have reached the provider. */
  callsMade(): Promise<number>;
  /** The time at the provider. */
  now(): Promise<Date>;
  /** Time goes on to this instant at the provider, and what falls due on the way happens. */
  passTo(instant: Date): Promise<void>;
  close(): Promise<void>;
}
