import {
  catalogMetadata,
  costsAs,
  isMarkedAs,
  isOurs,
  standing,
} from '../../libs/billing/src/providers/catalog-metadata.js';
import { assertAllDigital } from '../../libs/billing/src/providers/digital-goods.js';
import type {
  CatalogForm,
  ProviderPrice,
  PushedPrice,
} from '../../libs/billing/src/providers/provider-catalog.js';
import type { UsageReceipt, UsageReport } from '../../libs/billing/src/providers/provider-usage.js';
import type { FakePrice } from './fake-price.js';

/** What a fake provider has on sale, and what it was told of usage. */
export class FakeTill {
  /** Counted reports by id. */
  readonly counted = new Map<string, UsageReport>();
  private readonly pushed = new Map<string, ProviderPrice>();

  constructor(private readonly prices: Readonly<Record<string, FakePrice>>) {}

  /** What a price reference stands for, if it is on sale. */
  priceOf(priceRef: string): FakePrice | undefined {
    const pushed = this.pushed.get(priceRef);
    const plan = pushed?.metadata['internal_plan_id']?.replace('plan_', '') ?? '';
    const made = pushed && { plan, amount: Number(pushed.money.amount), interval: pushed.interval };
    return this.prices[priceRef] ?? made;
  }

  report(reports: readonly UsageReport[]): readonly UsageReceipt[] {
    return reports.map((report) => {
      if (report.quantity <= 0n)
        return { id: report.id, outcome: 'refused', reason: 'quantity_out_of_range' };
      const outcome = this.counted.has(report.id) ? 'duplicate' : 'accepted';
      if (outcome === 'accepted') this.counted.set(report.id, report);
      return { id: report.id, outcome, reason: null };
    });
  }

  list(): readonly ProviderPrice[] {
    const fixed = Object.entries(this.prices).map(
      ([priceRef, { plan, amount, interval }]): ProviderPrice => ({
        priceRef,
        productId: priceRef,
        productName: plan,
        lookupKey: null,
        metadata: { plan },
        money: { amount: BigInt(amount), currency: 'usd' },
        interval,
        perSeat: plan === 'team' || plan === 'enterprise',
        taxCode: 'txcd_10103001',
      }),
    );
    return [...fixed, ...this.pushed.values()];
  }

  push(forms: readonly CatalogForm[]): readonly PushedPrice[] {
    assertAllDigital(forms);
    return forms.map((form) => {
      const { plan, interval } = form;
      const ours = [...this.pushed.values()].filter(({ metadata }) => isMarkedAs(metadata, form));
      const known = ours.find((price) => costsAs(price, form));
      const priceRef = known?.priceRef ?? `pushed_${plan}_${interval}_${this.pushed.size}`;
      const wanted: ProviderPrice = {
        priceRef,
        productId: priceRef,
        productName: form.name,
        lookupKey: null,
        metadata: catalogMetadata(form),
        money: form.money,
        interval,
        perSeat: form.perSeat,
        taxCode: form.taxCode,
      };
      this.pushed.set(priceRef, wanted);
      const isWorded = known?.productName === form.name;
      const outcome = known === undefined ? 'created' : isWorded ? 'unchanged' : 'updated';
      return { plan, interval, productId: priceRef, priceRef, outcome, stays: standing(ours, priceRef) };
    });
  }

  readBack(): readonly ProviderPrice[] {
    return this.list().filter((price) => isOurs(price));
  }
}
