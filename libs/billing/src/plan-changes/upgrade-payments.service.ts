import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import { ProviderCommandsStore } from '../provider-commands/provider-commands.store.js';
import type { Proration } from '../providers/provider-changes.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import type { Changeable } from './changeable.service.js';
import type { PlannedChange } from './plan-change-planner.service.js';
import { UpgradeUnpaidError } from './plan-changes.errors.js';
import { prorationFor } from './proration.js';

/** Our clock and the provider's may differ by so much: a change right before a renewal counts as one after it. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Sees to it that an upgrade is paid. What it leaves for the next invoice comes with a renewal, or with the end that a
 * scheduled cancel sets; a pause has neither, so the two never meet.
 */
@Injectable()
export class UpgradePayments {
  constructor(
    private readonly commands: ProviderCommandsStore,
    private readonly known: ProviderSubscriptions,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /** How a change that is made now is charged: at once where no renewal of this period would charge it. */
  async prorationOf(
    reader: Transaction,
    found: Changeable,
    { interval }: Pick<PlannedChange, 'interval'>,
  ): Promise<Proration> {
    const startsAnew = interval !== found.subscription.interval;
    const atOnce = startsAnew || (await this.willPause(reader, found));
    return prorationFor(found.provider.capabilities, atOnce ? 'invoice_now' : this.options.proration);
  }

  /** @throws UpgradeUnpaidError while an upgrade waits for the next invoice */
  async requirePaid(reader: Transaction, { subscription }: Changeable): Promise<void> {
    const { provider, providerSubscriptionId: id, currentPeriodStart, currentPeriodEnd } = subscription;
    const since = new Date((currentPeriodStart?.getTime() ?? 0) - CLOCKS_DIFFER_MS);
    if (await this.commands.leftForNextInvoice(reader, provider, id, since))
      throw new UpgradeUnpaidError(currentPeriodEnd);
  }

  private async willPause(reader: Transaction, { subscription }: Changeable): Promise<boolean> {
    const { provider, providerSubscriptionId: id } = subscription;
    if ((await this.known.find(reader, provider, id))?.pausesAt) return true;
    const waiting = await this.commands.pendingOf(reader, provider, id);
    return waiting.some(({ call }) => call.verb === 'pause');
  }
}
