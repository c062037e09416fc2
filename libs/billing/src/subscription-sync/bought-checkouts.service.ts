import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { CheckoutsStore, type StoredCheckout } from '../checkout/checkouts.store.js';
import { ProviderCommands } from '../provider-commands/provider-commands.service.js';
import type { KnownSubscription } from './known-subscription.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';

/** What becomes of an owner's checkouts when something was bought. */
@Injectable()
export class BoughtCheckouts {
  constructor(
    private readonly checkouts: CheckoutsStore,
    private readonly known: ProviderSubscriptions,
    private readonly commands: ProviderCommands,
    private readonly alerts: Alerts,
  ) {}

  /**
   * Ends whatever checkout the owner has open: the next wish to buy opens a new page. Staff hear when a page was paid
   * that another one had replaced, or one that we had opened for somebody else. `checkoutId` is told by the
   * subscription itself, so that it does not matter which event came first, or whether any came.
   */
  async settle(tx: Transaction, ownerId: string, checkoutId: string | null): Promise<void> {
    const checkout = checkoutId === null ? null : await this.checkouts.find(tx, checkoutId);
    if (checkout) await this.bought(tx, ownerId, checkout);
    await this.checkouts.completeOf(tx, ownerId);
  }

  private async bought(tx: Transaction, ownerId: string, checkout: StoredCheckout): Promise<void> {
    const { id, provider, plan, interval } = checkout;
    const details = { checkoutId: id, provider, plan, interval };
    if (checkout.ownerId !== ownerId) {
      // The customer who paid is who pays: our link decides, and never what a page was opened for.
      await this.alerts.raise(tx, { kind: 'checkout_owner_mismatch', subject: id, ownerId, details });
      return;
    }
    if (checkout.state === 'superseded')
      await this.alerts.raise(tx, { kind: 'superseded_checkout_paid', subject: id, ownerId, details });
    await this.checkouts.complete(tx, id);
    if (checkout.replaces) await this.endReplaced(tx, ownerId, checkout.replaces);
  }

  /** The subscription that the owner moved away from is not renewed any more; until its end both give access. */
  private async endReplaced(
    tx: Transaction,
    ownerId: string,
    { provider, id }: Pick<KnownSubscription, 'provider' | 'id'>,
  ): Promise<void> {
    const replaced = await this.known.find(tx, provider, id);
    if (replaced?.ownerId !== ownerId || replaced.endedAt || replaced.cancelAt) return;
    await this.commands.submit(tx, {
      ownerId,
      provider,
      subscriptionId: id,
      call: { verb: 'schedule_cancel' },
      author: { actor: { kind: 'system', name: 'provider-switch' } },
    });
  }
}
