import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import { FakeProvider } from '../support/fake-provider.js';
import { describePaymentProvider } from './payment-provider.contract.js';
import type { ProviderBench } from './provider-bench.js';

/** The fake must keep what the adapters keep, or tests that stand on it prove nothing. */
async function openFakeBench(): Promise<ProviderBench> {
  const prices = {
    pro: { plan: 'pro', amount: 9900, interval: 'month' },
    proYearly: { plan: 'pro', amount: 99_900, interval: 'year' },
    team: { plan: 'team', amount: 3000, interval: 'month' },
    enterprise: { plan: 'enterprise', amount: 6000, interval: 'month' },
  } as const;
  let passedMs = 0;
  const now = (): Date => new Date(Date.now() + passedMs);
  const provider = new FakeProvider({ prices, now });
  const unreachable = new FakeProvider({ prices });
  unreachable.goDown();
  const changes = (what: string, standing: ProviderSubscription | null): Partial<ProviderSubscription> => {
    const at = now();
    if (what === 'cancel') return { cancelAt: standing?.currentPeriodEnd ?? null, canceledAt: at };
    if (what === 'uncancel') return { cancelAt: null, canceledAt: null };
    if (what === 'revoke') return { status: 'canceled', rawStatus: 'canceled', endedAt: at };
    return { status: 'past_due', rawStatus: 'past_due' };
  };
  return {
    provider,
    unreachable,
    priceRefs: { pro: 'pro', proYearly: 'proYearly', team: 'team', enterprise: 'enterprise' },
    pay: async (checkout) => provider.pay(checkout.id),
    act: async (id, what) => {
      provider.change(id, changes(what, await provider.fetchSubscription(id)));
    },
    deliveriesAbout: async (id) => provider.deliveriesAbout(id),
    breakCard: async ({ id }) => provider.life.failPayments(id),
    deleteCustomer: async (customerId) => provider.customers.delete(customerId),
    lock: async () => false,
    paymentOf: async (id) => `payment_of_${id}`,
    counted: async (customerId, meter) =>
      [...provider.till.counted.values()]
        .filter((one) => one.customerId === customerId && one.meter === meter)
        .reduce((sum, { quantity }) => sum + quantity, 0n),
    callsMade: async () => provider.calls.length,
    now: async () => now(),
    passTo: async (instant) => {
      passedMs += Math.max(instant.getTime() - now().getTime(), 0);
      provider.life.failRenewals();
    },
    close: async () => undefined,
  };
}

describePaymentProvider('the fake', { open: openFakeBench, closesCheckouts: true });
