import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { ProviderCommandsStore } from '../provider-commands/provider-commands.store.js';
import { LIVE_STATUSES } from '../subscriptions/subscription.js';
import type { KnownSubscription } from './known-subscription.js';

const KIND = 'several_live_subscriptions';

/** Tells staff of owners with two subscriptions that are both to be renewed: somebody's mistake, and paid for twice. */
@Injectable()
export class SeveralSubscriptions {
  constructor(
    private readonly commands: ProviderCommandsStore,
    private readonly alerts: Alerts,
  ) {}

  /** Raises the owner's alert, or settles it when no more than one is to be renewed. Safe to repeat. */
  async watch(tx: Transaction, ownerId: string, known: readonly KnownSubscription[]): Promise<void> {
    const renewed = await this.renewed(tx, ownerId, known);
    const subscriptions = renewed.map(({ provider, id, plan }) => ({ provider, id, plan }));
    if (renewed.length > 1)
      await this.alerts.raise(tx, { kind: KIND, subject: ownerId, ownerId, details: { subscriptions } });
    else await this.alerts.settle(tx, KIND, ownerId);
  }

  /** One that we have just cancelled, as in a move to another provider, is none, before the provider has said so. */
  private async renewed(
    tx: Transaction,
    ownerId: string,
    known: readonly KnownSubscription[],
  ): Promise<readonly KnownSubscription[]> {
    const live = known.filter(({ status, cancelAt }) => LIVE_STATUSES.has(status) && cancelAt === null);
    if (live.length < 2) return live;
    const ending = new Set(await this.commands.aboutToBeCancelled(tx, ownerId));
    return live.filter(({ id }) => !ending.has(id));
  }
}
