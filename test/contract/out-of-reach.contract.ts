import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';
import type { ProviderBench } from './provider-bench.js';

/** What the port promises when the provider cannot be reached. */
export function describeOutOfReach(name: string, desk: ContractDesk): void {
  describe(`${name} out of reach`, () => {
    it.each<[string, (bench: ProviderBench) => Promise<unknown>]>([
      ['fetchSubscription', ({ unreachable }) => unreachable.fetchSubscription('some-id')],
      ['ensureCustomer', ({ unreachable }) => unreachable.ensureCustomer(desk.newOwner())],
      ['hasCustomer', ({ unreachable }) => unreachable.hasCustomer('some-id')],
      ['payerOf', ({ unreachable }) => unreachable.payerOf('some-id')],
      ['createCheckout', async ({ unreachable }) => unreachable.createCheckout(await desk.newCheckout())],
      [
        'createPortalSession',
        ({ unreachable }) =>
          unreachable.createPortalSession({ customerId: 'c', returnUrl: 'https://app.example/' }),
      ],
    ])('is a typed answer of %s that says when to come back', async (_name, call) => {
      const error: unknown = await call(desk.bench).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({
        kind: 'unavailable',
        code: 'provider_unavailable',
        provider: desk.bench.provider.name,
      });
      expect(error).toHaveProperty('retryAfter', expect.any(Number));
    });
  });
}
