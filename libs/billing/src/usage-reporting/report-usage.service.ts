import { Injectable } from '@nestjs/common';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import { type Overage, OverageLedger } from '@tollgate/usage';
import { Alerts } from '../alerts/alerts.service.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { UsageReceipt, UsageReport } from '../providers/provider-usage.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { isPastDedupe } from './past-dedupe.js';
import { type FirstReport, UsageReportsStore } from './usage-reports.store.js';

const BATCH = 100;

/** A report to send; `isFirst` when the same use was never told of before. */
interface Outgoing {
  readonly provider: ProviderName;
  readonly report: UsageReport;
  readonly ownerId: string;
  readonly isFirst: boolean;
}

/**
 * Tells the providers' meters of units beyond limits. The row of the overage is the outbox and its id the key: before a
 * report leaves, its first attempt is noted, so that one whose outcome stays unknown is told again only as long as the
 * provider counts it once.
 */
@Injectable()
export class ReportUsage {
  constructor(
    private readonly ledger: OverageLedger,
    private readonly reports: UsageReportsStore,
    private readonly subscriptions: SubscriptionsStore,
    private readonly providers: ProviderRegistry,
    private readonly alerts: Alerts,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Reports what is owed at `at`; the caller runs alone. Answers how many units' rows were settled. */
  async run(at: Date): Promise<number> {
    const outgoing = await this.transactions.run((tx) => this.prepare(tx, at));
    let settled = 0;
    for (const provider of new Set(outgoing.map((one) => one.provider))) {
      const batch = outgoing.filter((one) => one.provider === provider);
      const receipts = await this.providers.get(provider).reportUsage(batch.map(({ report }) => report));
      settled += await this.transactions.run((tx) => this.settle(tx, batch, receipts, at));
    }
    return settled;
  }

  private async prepare(tx: Transaction, at: Date): Promise<Outgoing[]> {
    const outgoing: Outgoing[] = [];
    for (const overage of await this.ledger.pending(tx, BATCH)) {
      const before = await this.reports.find(tx, overage.id);
      const first = before ?? (await this.firstReport(tx, overage, at));
      if (!first) {
        await this.park(tx, overage, 'no_customer', at);
        continue;
      }
      const { usageDedupeHours } = this.providers.get(first.provider).capabilities;
      if (before && isPastDedupe(before.firstSentAt, usageDedupeHours, at)) {
        await this.park(tx, overage, 'outcome_unknown', at);
        continue;
      }
      if (!before) await this.reports.begin(tx, overage.id, first);
      const { id, ownerId, feature: meter, quantity } = overage;
      const report = { id, meter, customerId: first.customerId, quantity, at: overage.at };
      outgoing.push({ provider: first.provider, report, ownerId, isFirst: !before });
    }
    return outgoing;
  }

  private async firstReport(tx: Transaction, { ownerId }: Overage, at: Date): Promise<FirstReport | null> {
    const subscription = await this.subscriptions.ofOwner(tx, ownerId);
    if (!subscription?.providerSubscriptionId || !subscription.providerCustomerId) return null;
    const { provider, providerCustomerId: customerId } = subscription;
    return { provider, customerId, firstSentAt: at };
  }

  private async settle(
    tx: Transaction,
    batch: readonly Outgoing[],
    receipts: readonly UsageReceipt[],
    at: Date,
  ): Promise<number> {
    const outcomes = new Map(receipts.map((receipt) => [receipt.id, receipt]));
    const having = (...wanted: readonly UsageReceipt['outcome'][]) =>
      batch.filter(({ report }) => wanted.includes(outcomes.get(report.id)?.outcome ?? 'unknown'));
    const counted = having('accepted', 'duplicate').map(({ report }) => report.id);
    await this.ledger.reported(tx, counted, at);
    const unsent = having('not_sent').filter(({ isFirst }) => isFirst);
    await this.reports.forget(
      tx,
      unsent.map(({ report }) => report.id),
    );
    const refused = having('refused');
    for (const { report, ownerId } of refused)
      await this.park(tx, { id: report.id, ownerId }, outcomes.get(report.id)?.reason ?? 'refused', at);
    return counted.length + refused.length;
  }

  private async park(
    tx: Transaction,
    { id, ownerId }: Pick<Overage, 'id' | 'ownerId'>,
    note: string,
    at: Date,
  ): Promise<void> {
    await this.ledger.park(tx, [id], note, at);
    await this.alerts.raise(tx, { kind: 'usage_parked', subject: id, ownerId, details: { note } });
  }
}
