import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';

/** What the port promises of customers and their portal. */
export function describeCustomers(name: string, desk: ContractDesk): void {
  describe(`a customer at ${name}`, () => {
    it('is the same one however often it is ensured', async () => {
      const owner = desk.newOwner();
      const first = await desk.bench.provider.ensureCustomer(owner);
      expect(await desk.bench.provider.ensureCustomer(owner)).toEqual(first);
    });

    it('is one when twenty calls ensure it at once', async () => {
      const owner = desk.newOwner();
      const all = await Promise.all(
        Array.from({ length: 20 }, () => desk.bench.provider.ensureCustomer(owner)),
      );
      expect(new Set(all.map((one) => one.customerId)).size).toBe(1);
    });

    it('is still found after its owner changed name', async () => {
      const owner = desk.newOwner();
      const first = await desk.bench.provider.ensureCustomer(owner);
      expect(await desk.bench.provider.ensureCustomer({ ...owner, name: 'Another' })).toEqual(first);
    });

    it('belongs to one owner each', async () => {
      const [first, second] = [desk.newOwner(), desk.newOwner()];
      const one = await desk.bench.provider.ensureCustomer(first);
      expect(await desk.bench.provider.ensureCustomer(second)).not.toEqual(one);
    });

    it('is there until it is deleted, and then a new one is made', async () => {
      const { provider } = desk.bench;
      const owner = desk.newOwner();
      const ids = new Set<string>();
      for (let time = 0; time < 3; time += 1) {
        const { customerId } = await provider.ensureCustomer(owner);
        ids.add(customerId);
        expect(await provider.hasCustomer(customerId)).toBe(true);
        await desk.bench.deleteCustomer(customerId);
        expect(await provider.hasCustomer(customerId)).toBe(false);
      }
      expect(ids.size).toBe(3);
      for (const unknown of ['00000000-0000-4000-8000-000000000000', 'nothing', '../customers', ''])
        expect(await provider.hasCustomer(unknown)).toBe(false);
    });

    it('is found again by a payment, and nobody is by one that does not exist', async () => {
      const { id, checkout } = await desk.bought();
      const paymentId = await desk.bench.paymentOf(id);
      expect(await desk.bench.provider.payerOf(paymentId)).toBe(checkout.customerId);
      for (const unknown of ['00000000-0000-4000-8000-000000000000', 'nothing', '../customers', ''])
        expect(await desk.bench.provider.payerOf(unknown)).toBeNull();
    });

    it('gets a portal page of its own', async () => {
      const { customerId } = await desk.bench.provider.ensureCustomer(desk.newOwner());
      const { url } = await desk.bench.provider.createPortalSession({
        customerId,
        returnUrl: 'https://app.example/',
      });
      expect(URL.canParse(url)).toBe(true);
    });

    it('that does not exist gets none', async () => {
      const input = { customerId: 'nobody', returnUrl: 'https://app.example/' };
      await expect(desk.bench.provider.createPortalSession(input)).rejects.toMatchObject({
        code: 'provider_refused',
      });
    });
  });
}
