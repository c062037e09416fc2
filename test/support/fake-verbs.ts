import { estimateChange } from '../../libs/billing/src/providers/estimate-change.js';
import { PaymentProvider, type ProviderName } from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderCapabilities } from '../../libs/billing/src/providers/provider-capabilities.js';
import type {
  CatalogForm,
  ProviderPrice,
  PushedPrice,
} from '../../libs/billing/src/providers/provider-catalog.js';
import type {
  ChangePreview,
  PlanChange,
  PreviewWish,
  SeatChange,
} from '../../libs/billing/src/providers/provider-changes.js';
import type { DiagnosisStep } from '../../libs/billing/src/providers/provider-diagnosis.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import type { UsageReceipt, UsageReport } from '../../libs/billing/src/providers/provider-usage.js';
import { ProviderRefusedError } from '../../libs/billing/src/providers/provider.errors.js';
import type { FakeLife } from './fake-life.js';
import type { FakeTill } from './fake-till.js';

/** The verbs of a fake provider that change subscriptions, take usage and keep the catalog. */
export abstract class FakeVerbs extends PaymentProvider {
  abstract override readonly name: ProviderName;
  abstract override readonly capabilities: ProviderCapabilities;
  /** What happens to subscriptions when it is asked to. */
  abstract readonly life: FakeLife;
  /** What it sells and was told of usage. */
  abstract readonly till: FakeTill;
  /** Names of the calls made, in order. */
  readonly calls: string[] = [];
  protected isDown = false;

  /** Notes a call. @throws ProviderUnavailableError while it is down */
  protected abstract called(name: string): void;

  async changePlan(subscriptionId: string, change: PlanChange): Promise<ProviderSubscription> {
    this.called('changePlan');
    return this.life.changePlan(subscriptionId, change);
  }

  async previewChange(subscriptionId: string, wish: PreviewWish): Promise<ChangePreview> {
    this.called('previewChange');
    const now = this.life.fetch(subscriptionId);
    const price = this.till.priceOf(wish.priceRef ?? now.priceRef ?? '');
    if (price === undefined || now.price === null) throw new ProviderRefusedError(this.name, 'not_found');
    return estimateChange({
      currency: now.price.currency,
      amount: now.price.amount,
      newAmount: BigInt(price.amount * (wish.seats ?? 1)),
      interval: now.interval,
      newInterval: price.interval,
      periodStart: now.currentPeriodStart,
      periodEnd: now.currentPeriodEnd,
      isTrial: now.status === 'trialing',
      proration: wish.proration,
      at: wish.at,
    });
  }

  async setSeats(subscriptionId: string, change: SeatChange): Promise<ProviderSubscription> {
    this.called('setSeats');
    return this.life.setSeats(subscriptionId, change);
  }

  async scheduleCancel(subscriptionId: string): Promise<ProviderSubscription> {
    this.called('scheduleCancel');
    return this.life.scheduleCancel(subscriptionId);
  }

  async undoCancel(subscriptionId: string): Promise<ProviderSubscription> {
    this.called('undoCancel');
    return this.life.undoCancel(subscriptionId);
  }

  async pause(subscriptionId: string, resumesAt: Date | null): Promise<ProviderSubscription> {
    this.called('pause');
    return this.life.pause(subscriptionId, resumesAt);
  }

  async resume(subscriptionId: string, at: Date): Promise<ProviderSubscription> {
    this.called('resume');
    return this.life.resume(subscriptionId, at);
  }

  async revoke(subscriptionId: string): Promise<ProviderSubscription> {
    this.called('revoke');
    return this.life.revoke(subscriptionId);
  }

  async dropPendingChange(subscriptionId: string): Promise<ProviderSubscription> {
    this.called('dropPendingChange');
    return this.life.dropPendingChange(subscriptionId);
  }

  async reportUsage(reports: readonly UsageReport[]): Promise<readonly UsageReceipt[]> {
    this.calls.push('reportUsage');
    if (this.isDown)
      return reports.map(({ id }) => ({ id, outcome: 'unknown', reason: 'provider_unavailable' }));
    return this.till.report(reports);
  }

  async listPrices(): Promise<readonly ProviderPrice[]> {
    this.called('listPrices');
    return this.till.list();
  }

  async pushCatalog(forms: readonly CatalogForm[]): Promise<readonly PushedPrice[]> {
    this.called('pushCatalog');
    return this.till.push(forms);
  }

  async readBackCatalog(): Promise<readonly ProviderPrice[]> {
    this.called('readBackCatalog');
    return this.till.readBack();
  }

  async diagnose(): Promise<readonly DiagnosisStep[]> {
    this.calls.push('diagnose');
    const verdict = this.isDown ? 'fail' : 'ok';
    return [
      { subject: 'credentials', verdict, finding: 'a fake', remedy: this.isDown ? 'bring it back' : null },
    ];
  }
}
