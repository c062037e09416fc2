import type { NewCheckout, NewCustomer } from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import type { ProviderBench } from './provider-bench.js';

/** What a purchase left behind. */
export interface Purchase {
  readonly checkout: NewCheckout;
  readonly id: string;
  readonly subscription: ProviderSubscription;
}

/** Where the suite orders things: new owners, checkouts for them, and paid subscriptions. */
export class ContractDesk {
  private opened: ProviderBench | null = null;
  private owners = 0;

  constructor(readonly closesCheckouts: boolean) {}

  /** The bench, from the first `beforeAll` on. */
  get bench(): ProviderBench {
    if (this.opened === null) throw new Error('the bench is not open yet');
    return this.opened;
  }

  /** Puts the bench in place. */
  use(bench: ProviderBench): void {
    this.opened = bench;
  }

  /** Somebody whom the provider has never seen. */
  newOwner(): NewCustomer {
    this.owners += 1;
    const number = this.owners;
    return { ownerId: `owner-${number}`, email: `buyer-${number}@example.com`, name: `Buyer ${number}` };
  }

  /** A checkout of `pro` by the month for a new customer. */
  async newCheckout(changes: Partial<NewCheckout> = {}): Promise<NewCheckout> {
    const owner = this.newOwner();
    const { customerId } = await this.bench.provider.ensureCustomer(owner);
    return {
      checkoutId: `checkout-of-${owner.ownerId}`,
      ownerId: owner.ownerId,
      customerId,
      plan: 'pro',
      interval: 'month',
      priceRef: this.bench.priceRefs.pro,
      seats: null,
      trialDays: null,
      successUrl: 'https://app.example/done',
      cancelUrl: 'https://app.example/pricing',
      ...changes,
    };
  }

  /** A new customer who has paid. */
  async bought(changes: Partial<NewCheckout> = {}): Promise<Purchase> {
    const checkout = await this.newCheckout(changes);
    const id = await this.bench.pay(await this.bench.provider.createCheckout(checkout));
    return { checkout, id, subscription: await this.fetched(id) };
  }

  /** A subscription that must be there. */
  async fetched(id: string): Promise<ProviderSubscription> {
    const subscription = await this.bench.provider.fetchSubscription(id);
    if (subscription === null) throw new Error(`the provider does not know the subscription ${id}`);
    return subscription;
  }
}
