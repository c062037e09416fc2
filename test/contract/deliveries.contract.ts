import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';

/** What the port promises of the deliveries that tell of a subscription. */
export function describeDeliveries(name: string, desk: ContractDesk): void {
  describe(`a subscription at ${name}`, () => {
    it('is told of by deliveries that verify', async () => {
      const { id, checkout } = await desk.bought();
      const deliveries = await desk.bench.deliveriesAbout(id);
      const events = await Promise.all(
        deliveries.map(({ rawBody, headers }) => {
          expect(desk.bench.provider.claims(headers)).toBe(true);
          return desk.bench.provider.verify(rawBody, headers);
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
      const { id } = await desk.bought();
      const [first] = await desk.bench.deliveriesAbout(id);
      const body = Buffer.concat([first?.rawBody ?? Buffer.alloc(0), Buffer.from(' ')]);
      await expect(desk.bench.provider.verify(body, first?.headers ?? {})).rejects.toMatchObject({
        code: 'signature_refused',
      });
    });
  });
}
