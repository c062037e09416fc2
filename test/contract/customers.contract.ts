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
