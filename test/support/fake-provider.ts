import {
  PaymentProvider,
  type BillingInterval,
  type HostedCheckout,
  type NewCheckout,
  type NewCustomer,
  type ProviderName,
  type VerifiedEvent,
  type WebhookHeaders,
} from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import {
  ProviderRefusedError,
  ProviderUnavailableError,
  SignatureRefusedError,
} from '../../libs/billing/src/providers/provider.errors.js';
import { FakeDeliveries, FAKE_DELIVERY_HEADER, type FakeDelivery } from './fake-deliveries.js';
import { newSubscription } from './fake-subscription.js';

/** One thing on sale at the fake. */
export interface FakePrice {
  readonly plan: string;
  /** Integer minor units of USD per seat and interval. */
  readonly amount: number;
  readonly interval: BillingInterval;
}

/** What a fake provider is made of; `prices` by price reference. */
export interface FakeProviderOptions {
  readonly name?: ProviderName;
  readonly prices: Readonly<Record<string, FakePrice>>;
  readonly now?: () => Date;
}

interface FakeCheckout {
  readonly order: NewCheckout;
  readonly page: HostedCheckout;
  state: 'open' | 'paid' | 'closed';
}

/** A payment provider in memory: keeps the promises of the port, sends nothing, and can be told what happens. */
export class FakeProvider extends PaymentProvider {
  readonly name: ProviderName;
  /** Names of the calls made, in order. */
  readonly calls: string[] = [];
  private readonly now: () => Date;
  private readonly customers = new Map<string, string>();
  private readonly checkouts = new Map<string, FakeCheckout>();
  private readonly subscriptions = new Map<string, ProviderSubscription>();
  private readonly deliveries: FakeDeliveries;
  private isDown = false;

  constructor(private readonly options: FakeProviderOptions) {
    super();
    this.name = options.name ?? 'polar';
    this.now = options.now ?? (() => new Date());
    this.deliveries = new FakeDeliveries(this.now);
  }

  claims(headers: WebhookHeaders): boolean {
    return headers[FAKE_DELIVERY_HEADER] !== undefined;
  }

  async verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent> {
    const event = this.deliveries.find(headers[FAKE_DELIVERY_HEADER], rawBody);
    if (event === null) throw new SignatureRefusedError('mismatch');
    return event;
  }

  async fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null> {
    this.called('fetchSubscription');
    return this.subscriptions.get(subscriptionId) ?? null;
  }

  async ensureCustomer({ ownerId }: NewCustomer): Promise<{ customerId: string }> {
    this.called('ensureCustomer');
    const customerId = this.customers.get(ownerId) ?? `customer_of_${ownerId}`;
    this.customers.set(ownerId, customerId);
    return { customerId };
  }

  async createCheckout(order: NewCheckout): Promise<HostedCheckout> {
    this.called('createCheckout');
    if (this.options.prices[order.priceRef] === undefined)
      throw new ProviderRefusedError(this.name, 'no_such_price');
    const id = `page_of_${order.checkoutId}`;
    const expiresAt = new Date(this.now().getTime() + 3_600_000);
    const page = { id, url: `https://fake.example/${id}`, expiresAt };
    this.checkouts.set(id, { order, page, state: 'open' });
    return page;
  }

  async closeCheckout(providerCheckoutId: string): Promise<boolean> {
    this.called('closeCheckout');
    const checkout = this.checkouts.get(providerCheckoutId);
    if (checkout === undefined || checkout.state === 'paid') return false;
    checkout.state = 'closed';
    return true;
  }

  async createPortalSession({
    customerId,
  }: {
    customerId: string;
    returnUrl: string;
  }): Promise<{ url: string }> {
    this.called('createPortalSession');
    if (![...this.customers.values()].includes(customerId))
      throw new ProviderRefusedError(this.name, 'no_such_customer');
    return { url: `https://fake.example/portal/${customerId}` };
  }

  /** From now on every call fails as if the provider were out of reach; `false` ends that. */
  goDown(isDown = true): void {
    this.isDown = isDown;
  }

  /** The buyer pays an open page; answers the subscription's id. */
  pay(providerCheckoutId: string): string {
    const checkout = this.checkouts.get(providerCheckoutId);
    const price = this.options.prices[checkout?.order.priceRef ?? ''];
    if (checkout?.state !== 'open' || price === undefined) throw new Error('this checkout cannot be paid');
    checkout.state = 'paid';
    const id = `subscription_of_${checkout.order.checkoutId}`;
    this.subscriptions.set(
      id,
      newSubscription({ id, provider: this.name, order: checkout.order, price, at: this.now() }),
    );
    this.deliver('subscription.created', id, checkout.order.checkoutId);
    return id;
  }

  /** Something happens to a subscription; answers the delivery that tells of it. */
  change(subscriptionId: string, changes: Partial<ProviderSubscription>): FakeDelivery {
    const before = this.subscriptions.get(subscriptionId);
    if (before === undefined) throw new Error(`the fake knows no subscription ${subscriptionId}`);
    this.subscriptions.set(subscriptionId, { ...before, modifiedAt: this.now(), ...changes });
    return this.deliver('subscription.updated', subscriptionId);
  }

  /** Every delivery about this subscription until now, oldest first. */
  deliveriesAbout(subscriptionId: string): readonly FakeDelivery[] {
    return this.deliveries.about(subscriptionId);
  }

  private deliver(type: string, subscriptionId: string, checkoutId: string | null = null): FakeDelivery {
    const customerId = this.subscriptions.get(subscriptionId)?.customerId ?? null;
    return this.deliveries.add({ type, topic: 'subscription', subscriptionId, customerId, checkoutId });
  }

  private called(name: string): void {
    this.calls.push(name);
    if (this.isDown) throw new ProviderUnavailableError(this.name);
  }
}
