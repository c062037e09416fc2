import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HostedCheckout, NewCheckout } from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import type { ProviderBench } from './provider-bench.js';

const MONTH = 27 * 86_400_000;

/** What the suite is told about the one difference that the port allows. */
export interface ContractOptions {
  readonly open: () => Promise<ProviderBench>;
  readonly closesCheckouts: boolean;
}

/** The promises of the port, which every adapter keeps and the fake as well. */
export function describePaymentProvider(name: string, { open, closesCheckouts }: ContractOptions): void {
  let bench: ProviderBench;
  let count = 0;
  beforeAll(async () => {
    bench = await open();
  });
  afterAll(() => bench.close());

  const newOwner = (): { ownerId: string; email: string; name: string } => {
    count += 1;
    return { ownerId: `owner-${count}`, email: `buyer-${count}@example.com`, name: `Buyer ${count}` };
  };
  const newCheckout = async (changes: Partial<NewCheckout> = {}): Promise<NewCheckout> => {
    const owner = newOwner();
    const { customerId } = await bench.provider.ensureCustomer(owner);
    return {
      checkoutId: `checkout-of-${owner.ownerId}`,
      ownerId: owner.ownerId,
      customerId,
      plan: 'pro',
      interval: 'month',
      priceRef: bench.priceRefs.pro,
      seats: null,
      successUrl: 'https://app.example/done',
      cancelUrl: 'https://app.example/pricing',
      ...changes,
    };
  };
  const fetched = async (id: string): Promise<ProviderSubscription> => {
    const subscription = await bench.provider.fetchSubscription(id);
    if (subscription === null) throw new Error(`${name} does not know the subscription ${id}`);
    return subscription;
  };
  const bought = async (changes: Partial<NewCheckout> = {}) => {
    const checkout = await newCheckout(changes);
    const id = await bench.pay(await bench.provider.createCheckout(checkout));
    return { checkout, id, subscription: await fetched(id) };
  };

  describe(`a customer at ${name}`, () => {
    it('is the same one however often it is ensured', async () => {
      const owner = newOwner();
      const first = await bench.provider.ensureCustomer(owner);
      expect(await bench.provider.ensureCustomer(owner)).toEqual(first);
    });

    it('is one when twenty calls ensure it at once', async () => {
      const owner = newOwner();
      const all = await Promise.all(Array.from({ length: 20 }, () => bench.provider.ensureCustomer(owner)));
      expect(new Set(all.map((one) => one.customerId)).size).toBe(1);
    });

    it('is still found after its owner changed name', async () => {
      const owner = newOwner();
      const first = await bench.provider.ensureCustomer(owner);
      expect(await bench.provider.ensureCustomer({ ...owner, name: 'Another' })).toEqual(first);
    });

    it('belongs to one owner each', async () => {
      const [first, second] = [newOwner(), newOwner()];
      const one = await bench.provider.ensureCustomer(first);
      expect(await bench.provider.ensureCustomer(second)).not.toEqual(one);
    });

    it('gets a portal page of its own', async () => {
      const { customerId } = await bench.provider.ensureCustomer(newOwner());
      const { url } = await bench.provider.createPortalSession({
        customerId,
        returnUrl: 'https://app.example/',
      });
      expect(URL.canParse(url)).toBe(true);
    });

    it('that does not exist gets none', async () => {
      const input = { customerId: 'nobody', returnUrl: 'https://app.example/' };
      await expect(bench.provider.createPortalSession(input)).rejects.toMatchObject({
        code: 'provider_refused',
      });
    });
  });

  describe(`a checkout at ${name}`, () => {
    it('has a page and an end', async () => {
      const page: HostedCheckout = await bench.provider.createCheckout(await newCheckout());
      expect(URL.canParse(page.url)).toBe(true);
      expect(page.expiresAt.getTime()).toBeGreaterThan(Date.now());
    });

    it('sells nothing that is not on sale', async () => {
      const checkout = await newCheckout({ priceRef: 'no_such_price' });
      await expect(bench.provider.createCheckout(checkout)).rejects.toMatchObject({
        code: 'provider_refused',
      });
    });

    const whenClosed = closesCheckouts ? 'cannot be paid any more' : 'can still be paid, and that is said';
    it(`${whenClosed} once it is closed`, async () => {
      const page = await bench.provider.createCheckout(await newCheckout());
      expect(await bench.provider.closeCheckout(page.id)).toBe(closesCheckouts);
      const [paid] = await Promise.allSettled([bench.pay(page)]);
      expect(paid?.status).toBe(closesCheckouts ? 'rejected' : 'fulfilled');
      expect(await bench.provider.closeCheckout(page.id)).toBe(closesCheckouts);
    });

    it('is not closed by closing it after it was paid', async () => {
      const page = await bench.provider.createCheckout(await newCheckout());
      await bench.pay(page);
      expect(await bench.provider.closeCheckout(page.id)).toBe(false);
    });

    it('that nobody knows is not closed', async () => {
      expect(await bench.provider.closeCheckout('no_such_checkout')).toBe(false);
    });
  });

  describe(`a subscription at ${name}`, () => {
    it('tells owner, plan, price and period once it is bought', async () => {
      const { checkout, id, subscription } = await bought();
      expect(subscription).toMatchObject({
        provider: bench.provider.name,
        id,
        customerId: checkout.customerId,
        ownerRef: checkout.ownerId,
        status: 'active',
        rawStatus: 'active',
        productMetadata: { plan: 'pro' },
        seats: 1,
        price: { amount: 9900n, currency: 'usd' },
        interval: 'month',
        cancelAt: null,
        canceledAt: null,
        endedAt: null,
        trialEnd: null,
      });
      expect([subscription.productId, subscription.priceId]).toContain(checkout.priceRef);
      const { currentPeriodStart, currentPeriodEnd } = subscription;
      expect(Number(currentPeriodEnd) - Number(currentPeriodStart)).toBeGreaterThan(MONTH);
    });

    it('counts its seats, and its price is that of all of them', async () => {
      const { subscription } = await bought({ plan: 'team', priceRef: bench.priceRefs.team, seats: 4 });
      expect(subscription).toMatchObject({ seats: 4, price: { amount: 12_000n, currency: 'usd' } });
    });

    it('ends with its period after a cancel, and does not after it is taken back', async () => {
      const { id } = await bought();
      await bench.act(id, 'cancel');
      const canceled = await fetched(id);
      expect(canceled).toMatchObject({
        status: 'active',
        cancelAt: canceled.currentPeriodEnd,
        endedAt: null,
      });
      expect(canceled.cancelAt).not.toBeNull();
      await bench.act(id, 'uncancel');
      expect(await fetched(id)).toMatchObject({ status: 'active', cancelAt: null, canceledAt: null });
    });

    it('has ended once it is revoked', async () => {
      const { id } = await bought();
      await bench.act(id, 'revoke');
      const ended = await fetched(id);
      expect(ended.status).toBe('canceled');
      expect(ended.endedAt).not.toBeNull();
    });

    it('is past due when a payment fails', async () => {
      const { id } = await bought();
      await bench.act(id, 'fail-payment');
      expect(await fetched(id)).toMatchObject({ status: 'past_due', endedAt: null });
    });

    it.each([['no_such_subscription'], ['../customers'], ['']])('is null for the id %j', async (id) => {
      expect(await bench.provider.fetchSubscription(id)).toBeNull();
    });

    it('is told of by deliveries that verify', async () => {
      const { id, checkout } = await bought();
      const deliveries = await bench.deliveriesAbout(id);
      const events = await Promise.all(
        deliveries.map(({ rawBody, headers }) => {
          expect(bench.provider.claims(headers)).toBe(true);
          return bench.provider.verify(rawBody, headers);
        }),
      );
      expect(events.some((event) => event.topic === 'subscription' && event.subscriptionId === id)).toBe(
        true,
      );
      expect(events.some((event) => event.checkoutId === checkout.checkoutId)).toBe(true);
      expect(events.every((event) => event.customerId === checkout.customerId)).toBe(true);
      expect(events.map((event) => event.topic)).not.toContain('unknown');
    });

    it('is not told of by a delivery whose body was changed', async () => {
      const { id } = await bought();
      const [first] = await bench.deliveriesAbout(id);
      const body = Buffer.concat([first?.rawBody ?? Buffer.alloc(0), Buffer.from(' ')]);
      await expect(bench.provider.verify(body, first?.headers ?? {})).rejects.toMatchObject({
        code: 'signature_refused',
      });
    });
  });

  describe(`${name} out of reach`, () => {
    it.each<[string, (bench: ProviderBench) => Promise<unknown>]>([
      ['fetchSubscription', ({ unreachable }) => unreachable.fetchSubscription('some-id')],
      ['ensureCustomer', ({ unreachable }) => unreachable.ensureCustomer(newOwner())],
      ['createCheckout', async ({ unreachable }) => unreachable.createCheckout(await newCheckout())],
      [
        'createPortalSession',
        ({ unreachable }) =>
          unreachable.createPortalSession({ customerId: 'c', returnUrl: 'https://app.example/' }),
      ],
    ])('is a typed answer of %s that says when to come back', async (_name, call) => {
      const error: unknown = await call(bench).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({
        kind: 'unavailable',
        code: 'provider_unavailable',
        provider: bench.provider.name,
      });
      expect(error).toHaveProperty('retryAfter', expect.any(Number));
    });
  });
}
