import {
  type HostedCheckout,
  type NewCheckout,
  type NewCustomer,
  type ProviderName,
  type SubscriptionFilter,
  type VerifiedEvent,
  type WebhookHeaders,
} from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderCapabilities } from '../../libs/billing/src/providers/provider-capabilities.js';
import type {
  NewSubscription,
  PendingSubscription,
} from '../../libs/billing/src/providers/provider-changes.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import {
  CheckoutRequiredError,
  ProviderRefusedError,
  ProviderUnavailableError,
  SignatureRefusedError,
} from '../../libs/billing/src/providers/provider.errors.js';
import { FakeCustomers } from './fake-customers.js';
import { FakeDeliveries, FAKE_DELIVERY_HEADER, type FakeDelivery } from './fake-deliveries.js';
import { FakeLife } from './fake-life.js';
import type { FakePrice } from './fake-price.js';
import { newSubscription } from './fake-subscription.js';
import { FakeTill } from './fake-till.js';
import { FakeVerbs } from './fake-verbs.js';

/** What a fake provider is made of; `prices` by price reference. */
export interface FakeProviderOptions {
  readonly name?: ProviderName;
  readonly prices: Readonly<Record<string, FakePrice>>;
  readonly now?: () => Date;
  /** What it can do; by default as Polar. */
  readonly capabilities?: Partial<ProviderCapabilities>;
}

const CAPABILITIES: ProviderCapabilities = {
  changeAtPeriodEnd: 'provider',
  prorations: ['invoice_now', 'next_invoice'],
  changesWhileCanceling: false,
  leavesSeatPricing: true,
  directSubscriptions: false,
  closesCheckouts: true,
  previews: 'estimated',
  pauses: 'now',
  resumesByItself: true,
  usageDedupeHours: null,
};

interface FakeCheckout {
  readonly order: NewCheckout;
  readonly page: HostedCheckout;
  state: 'open' | 'paid' | 'closed';
}

/** A payment provider in memory: keeps the promises of the port, sends nothing, and can be told what happens. */
export class FakeProvider extends FakeVerbs {
  readonly name: ProviderName;
  readonly capabilities: ProviderCapabilities;
  /** What happens to subscriptions when it is asked to. */
  readonly life: FakeLife;
  /** What it sells and was told of usage. */
  readonly till: FakeTill;
  /** Whom it knows. */
  readonly customers = new FakeCustomers();
  private readonly now: () => Date;
  private readonly checkouts = new Map<string, FakeCheckout>();
  private readonly subscriptions = new Map<string, ProviderSubscription>();
  private readonly deliveries: FakeDeliveries;

  constructor(options: FakeProviderOptions) {
    super();
    this.name = options.name ?? 'polar';
    this.now = options.now ?? (() => new Date());
    this.deliveries = new FakeDeliveries(this.now);
    this.capabilities = { ...CAPABILITIES, ...options.capabilities };
    this.till = new FakeTill(options.prices);
    this.life = new FakeLife({
      name: this.name,
      capabilities: this.capabilities,
      priceOf: (priceRef) => this.till.priceOf(priceRef),
      now: this.now,
      find: (id) => this.subscriptions.get(id),
      change: (id, changes) => this.change(id, changes),
    });
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
    return { customerId: this.customers.ensure(ownerId) };
  }

  async hasCustomer(customerId: string): Promise<boolean> {
    this.called('hasCustomer');
    return this.customers.has(customerId);
  }

  /** A payment of the fake is named after the subscription that it paid. */
  async payerOf(paymentId: string): Promise<string | null> {
    this.called('payerOf');
    return this.subscriptions.get(paymentId.replace('payment_of_', ''))?.customerId ?? null;
  }

  async createCheckout(order: NewCheckout): Promise<HostedCheckout> {
    this.called('createCheckout');
    if (this.till.priceOf(order.priceRef) === undefined)
      throw new ProviderRefusedError(this.name, 'not_found');
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
    if (!this.customers.has(customerId)) throw new ProviderRefusedError(this.name, 'not_found');
    return { url: `https://fake.example/portal/${customerId}` };
  }

  async *listSubscriptions({
    customerId,
    changedSince,
  }: SubscriptionFilter): AsyncGenerator<ProviderSubscription> {
    this.called('listSubscriptions');
    const isWanted = (one: ProviderSubscription): boolean =>
      (customerId === undefined || one.customerId === customerId) &&
      (changedSince === undefined || (one.modifiedAt ?? this.now()) >= changedSince);
    for (const subscription of this.subscriptions.values()) if (isWanted(subscription)) yield subscription;
  }

  async createSubscription(wish: NewSubscription): Promise<PendingSubscription> {
    this.called('createSubscription');
    if (!this.capabilities.directSubscriptions) throw new CheckoutRequiredError();
    const price = this.till.priceOf(wish.priceRef);
    if (price === undefined) throw new ProviderRefusedError(this.name, 'not_found');
    const id = `subscription_of_${wish.intentKey}`;
    const order = {
      ...wish,
      checkoutId: id,
      plan: price.plan,
      interval: price.interval,
      successUrl: '',
      cancelUrl: '',
    };
    const created = newSubscription({ id, provider: this.name, order, price, at: this.now() });
    this.subscriptions.set(id, { ...created, status: 'incomplete', rawStatus: 'incomplete' });
    this.deliver('subscription.created', id);
    return { subscriptionId: id, clientSecret: `secret_of_${id}` };
  }

  /** From now on every call fails as if the provider were out of reach; `false` ends that. */
  goDown(isDown = true): void {
    this.isDown = isDown;
  }

  /** The buyer pays an open page; answers the subscription's id. */
  pay(providerCheckoutId: string): string {
    const checkout = this.checkouts.get(providerCheckoutId);
    const price = this.till.priceOf(checkout?.order.priceRef ?? '');
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

  protected called(name: string): void {
    this.calls.push(name);
    if (this.isDown) throw new ProviderUnavailableError(this.name);
  }
}
