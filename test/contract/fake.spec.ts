import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import { FakeProvider } from '../support/fake-provider.js';
import { describePaymentProvider } from './payment-provider.contract.js';
import type { ProviderBench } from './provider-bench.js';

/** The fake must keep what the adapters keep, or tests that stand on it prove nothing. */
async function openFakeBench(): Promise<ProviderBench> {
  const prices = {
    pro: { plan: 'pro', amount: 9900, interval: 'month' },
    team: { plan: 'team', amount: 3000, interval: 'month' },
  } as const;
  const provider = new FakeProvider({ prices });
  const unreachable = new FakeProvider({ prices });
  unreachable.goDown();
  const changes = (what: string, now: ProviderSubscription | null): Partial<ProviderSubscription> => {
    const at = new Date();
    if (what === 'cancel') return { cancelAt: now?.currentPeriodEnd ?? null, canceledAt: at };
    if (what === 'uncancel') return { cancelAt: null, canceledAt: null };
    if (what === 'revoke') return { status: 'canceled', rawStatus: 'canceled', endedAt: at };
    return { status: 'past_due', rawStatus: 'past_due' };
  };
  return {
    provider,
    unreachable,
    priceRefs: { pro: 'pro', team: 'team' },
    pay: async (checkout) => provider.pay(checkout.id),
    act: async (id, what) => {
      provider.change(id, changes(what, await provider.fetchSubscription(id)));
    },
    deliveriesAbout: async (id) => provider.deliveriesAbout(id),
    close: async () => undefined,
  };
}

describePaymentProvider('the fake', { open: openFakeBench, closesCheckouts: true });
