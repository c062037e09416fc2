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
  /** `pro` by the month for 99.00 USD, and `team` for 30.00 USD per seat. */
  readonly priceRefs: { readonly pro: string; readonly team: string };
  /** Pays as the buyer does; answers the subscription's id, or throws when the page refuses. */
  pay(checkout: HostedCheckout): Promise<string>;
  /** Does what the customer does in the portal, or the provider by itself. */
  act(subscriptionId: string, what: 'cancel' | 'uncancel' | 'revoke' | 'fail-payment'): Promise<void>;
  /** What the provider delivered about this subscription until now; at least one. */
  deliveriesAbout(subscriptionId: string): Promise<readonly ArrivedDelivery[]>;
  close(): Promise<void>;
}
