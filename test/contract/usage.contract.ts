import { describe, expect, it } from '@jest/globals';
import type { UsageReport } from '../../libs/billing/src/providers/provider-usage.js';
import type { ContractDesk } from './contract-desk.js';

const METER = 'executions';

/** What the port promises of usage. */
export function describeUsage(name: string, desk: ContractDesk): void {
  const customer = async (): Promise<string> =>
    (await desk.bench.provider.ensureCustomer(desk.newOwner())).customerId;
  const report = async (customerId: string, id: string, quantity: bigint): Promise<UsageReport> => ({
    id: `${customerId}:${id}`,
    meter: METER,
    customerId,
    quantity,
    at: await desk.bench.now(),
  });

  describe(`usage at ${name}`, () => {
    it('SB-32, C6: is counted once for each id, also when it is reported again', async () => {
      const customerId = await customer();
      const reports = [await report(customerId, 'a', 3n), await report(customerId, 'b', 4n)];
      const outcomes = async () =>
        (await desk.bench.provider.reportUsage(reports)).map(({ id, outcome }) => [id, outcome]);
      const ids = reports.map(({ id }) => id);
      expect(await outcomes()).toEqual(ids.map((id) => [id, 'accepted']));
      expect(await outcomes()).toEqual(ids.map((id) => [id, 'duplicate']));
      expect(await desk.bench.counted(customerId, METER)).toBe(7n);
    });

    it('SB-32: counts what is new in a batch that is partly known', async () => {
      const customerId = await customer();
      const known = await report(customerId, 'a', 3n);
      await desk.bench.provider.reportUsage([known]);
      const receipts = await desk.bench.provider.reportUsage([known, await report(customerId, 'b', 5n)]);
      expect(receipts.map(({ outcome }) => outcome)).toEqual([
        expect.stringMatching(/^(?:duplicate|accepted)$/),
        'accepted',
      ]);
      expect(await desk.bench.counted(customerId, METER)).toBe(8n);
    });

    it('that no meter can count is refused by itself, and the others are counted', async () => {
      const customerId = await customer();
      const reports = [await report(customerId, 'none', 0n), await report(customerId, 'one', 1n)];
      expect(await desk.bench.provider.reportUsage(reports)).toMatchObject([
        { outcome: 'refused', reason: 'quantity_out_of_range' },
        { outcome: 'accepted' },
      ]);
      expect(await desk.bench.counted(customerId, METER)).toBe(1n);
    });

    it('is of unknown outcome, and throws nothing, when the provider cannot be reached', async () => {
      const one = await report('c', 'a', 1n);
      expect(await desk.bench.unreachable.reportUsage([one])).toMatchObject([
        { id: one.id, outcome: 'unknown' },
      ]);
    });

    it('of nobody is nothing', async () => {
      expect(await desk.bench.provider.reportUsage([])).toEqual([]);
    });
  });
}
