import { describe, expect, it } from '@jest/globals';
import type { HostedCheckout } from '../../libs/billing/src/providers/payment-provider.js';
import type { ContractDesk } from './contract-desk.js';

/** What the port promises of hosted checkouts. */
export function describeCheckouts(name: string, desk: ContractDesk): void {
  describe(`a checkout at ${name}`, () => {
    it('has a page and an end', async () => {
      const page: HostedCheckout = await desk.bench.provider.createCheckout(await desk.newCheckout());
      expect(URL.canParse(page.url)).toBe(true);
      expect(page.expiresAt.getTime()).toBeGreaterThan(Date.now());
    });

    it('sells nothing that is not on sale', async () => {
      const checkout = await desk.newCheckout({ priceRef: 'no_such_price' });
      await expect(desk.bench.provider.createCheckout(checkout)).rejects.toMatchObject({
        code: 'provider_refused',
      });
    });

    const whenClosed = desk.closesCheckouts
      ? 'cannot be paid any more'
      : 'can still be paid, and that is said';
    it(`${whenClosed} once it is closed`, async () => {
      const page = await desk.bench.provider.createCheckout(await desk.newCheckout());
      expect(await desk.bench.provider.closeCheckout(page.id)).toBe(desk.closesCheckouts);
      const [paid] = await Promise.allSettled([desk.bench.pay(page)]);
      expect(paid?.status).toBe(desk.closesCheckouts ? 'rejected' : 'fulfilled');
      expect(await desk.bench.provider.closeCheckout(page.id)).toBe(desk.closesCheckouts);
    });

    it('is not closed by closing it after it was paid', async () => {
      const page = await desk.bench.provider.createCheckout(await desk.newCheckout());
      await desk.bench.pay(page);
      expect(await desk.bench.provider.closeCheckout(page.id)).toBe(false);
    });

    it('that nobody knows is not closed', async () => {
      expect(await desk.bench.provider.closeCheckout('no_such_checkout')).toBe(false);
    });
  });
}
