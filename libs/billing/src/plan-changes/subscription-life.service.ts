import { Injectable } from '@nestjs/common';
import { Clock, InvalidRequestError, type Transaction, TransactionRunner } from '@tollgate/kernel';
import type { CommandCall } from '../provider-commands/command-call.js';
import type { ProviderCommand } from '../provider-commands/provider-command.js';
import { type Author, ProviderCommands } from '../provider-commands/provider-commands.service.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import type { Subscription } from '../subscriptions/subscription.js';
import { type Changeable, ChangeableSubscriptions } from './changeable.service.js';
import { CancelScheduledError, NotPausableError, WrongStateError } from './plan-changes.errors.js';
import { UpgradePayments } from './upgrade-payments.service.js';

/** A pause, begun or to begin. */
export interface Pause {
  /** Null where the provider does not tell since when. */
  readonly beginsAt: Date | null;
  /** Null until it is resumed. */
  readonly endsAt: Date | null;
}

/** Ending a subscription and taking that back, pausing and resuming. Access follows when the provider has confirmed. */
@Injectable()
export class SubscriptionLife {
  constructor(
    private readonly changeable: ChangeableSubscriptions,
    private readonly commands: ProviderCommands,
    private readonly known: ProviderSubscriptions,
    private readonly payments: UpgradePayments,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** The pause that a subscription is in or is to begin; null when there is none. */
  async pauseOf(reader: Transaction, subscription: Subscription): Promise<Pause | null> {
    const { provider, providerSubscriptionId: id, status } = subscription;
    const known = id === null ? null : await this.known.find(reader, provider, id);
    const beginsAt = known?.pausedAt ?? known?.pausesAt ?? null;
    if (!known || (status !== 'paused' && beginsAt === null)) return null;
    return { beginsAt, endsAt: known.resumesAt };
  }

  /**
   * Ends it with the period that is paid for.
   *
   * @throws NoSubscriptionError @throws CancelScheduledError
   */
  async cancel(ownerId: string, author: Author): Promise<ProviderCommand> {
    return this.submit(ownerId, author, { verb: 'schedule_cancel' }, ({ subscription: { cancelAt } }) => {
      if (cancelAt) throw new CancelScheduledError(cancelAt);
    });
  }

  /** @throws NoSubscriptionError @throws WrongStateError `not_canceled` */
  async undoCancel(ownerId: string, author: Author): Promise<ProviderCommand> {
    return this.submit(ownerId, author, { verb: 'undo_cancel' }, ({ subscription: { cancelAt } }) => {
      if (!cancelAt) throw new WrongStateError('not_canceled', 'No cancellation is scheduled');
    });
  }

  /**
   * Pauses it, until `resumesAt` or until it is resumed. What the provider would refuse anyway is refused here: a
   * wish that it refuses later calls staff.
   *
   * @throws NoSubscriptionError @throws CancelScheduledError @throws UpgradeUnpaidError
   * @throws NotPausableError also while a pause is scheduled
   * @throws WrongStateError `resumes_by_hand` where the provider cannot be given an end
   * @throws InvalidRequestError `resume_too_early` before the pause has begun
   */
  async pause(ownerId: string, resumesAt: Date | null, author: Author): Promise<ProviderCommand> {
    const call = { verb: 'pause', resumesAt: resumesAt?.toISOString() ?? null } as const;
    return this.submit(ownerId, author, call, async ({ subscription, provider }, tx) => {
      const { status, cancelAt } = subscription;
      if (cancelAt) throw new CancelScheduledError(cancelAt);
      const pause = await this.pauseOf(tx, subscription);
      if (status !== 'active' || pause) throw new NotPausableError(status, pause?.beginsAt);
      await this.payments.requirePaid(tx, { subscription, provider });
      if (resumesAt === null) return;
      if (!provider.capabilities.resumesByItself)
        throw new WrongStateError(
          'resumes_by_hand',
          'This subscription can be paused only until it is resumed',
        );
      if (resumesAt <= pauseBegin({ subscription, provider }, this.clock.now()))
        throw new InvalidRequestError('resume_too_early', 'The pause has to begin before it ends');
    });
  }

  /**
   * Ends a pause, or takes one back that has not begun.
   *
   * @throws NoSubscriptionError @throws WrongStateError `not_paused`
   */
  async resume(ownerId: string, author: Author): Promise<ProviderCommand> {
    return this.submit(ownerId, author, { verb: 'resume' }, async ({ subscription }, tx) => {
      if (!(await this.pauseOf(tx, subscription)))
        throw new WrongStateError('not_paused', 'The subscription is not paused');
    });
  }

  /**
   * Ends it at once and for ever, without money back.
   *
   * @throws NoSubscriptionError
   */
  async revoke(ownerId: string, author: Author): Promise<ProviderCommand> {
    return this.submit(ownerId, author, { verb: 'revoke' }, () => undefined);
  }

  private async submit(
    ownerId: string,
    author: Author,
    call: CommandCall,
    check: (found: Changeable, tx: Transaction) => void | Promise<void>,
  ): Promise<ProviderCommand> {
    return this.transactions.run(async (tx) => {
      const found = await this.changeable.lock(tx, ownerId);
      await check(found, tx);
      const { subscription, provider } = found;
      const subscriptionId = subscription.providerSubscriptionId;
      return this.commands.submit(tx, { ownerId, provider: provider.name, subscriptionId, call, author });
    });
  }
}

/** When a pause that is asked for at `at` begins. */
function pauseBegin({ subscription, provider }: Changeable, at: Date): Date {
  const end = provider.capabilities.pauses === 'period_end' ? subscription.currentPeriodEnd : null;
  return end !== null && end > at ? end : at;
}
