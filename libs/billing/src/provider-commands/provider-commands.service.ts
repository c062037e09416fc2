import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  Clock,
  IdGenerator,
  type NewWork,
  type Principal,
  type Transaction,
  WorkQueue,
} from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import { type CommandCall, verbsReplacedBy } from './command-call.js';
import type { ProviderCommand } from './provider-command.js';
import { ProviderCommandsStore } from './provider-commands.store.js';

/** The kind of work that sends a subscription's waiting commands, in order. */
export const SEND_COMMANDS = 'subscription.commands';

/** Payload of {@link SEND_COMMANDS}. */
export interface SubscriptionOfCommands {
  readonly provider: ProviderName;
  readonly subscriptionId: string;
}

/** Who wants something of a provider, and why. */
export interface Author {
  readonly actor: Principal;
  readonly reason?: string;
  readonly requestId?: string;
}

/** What is wanted, of whose subscription. */
export interface CommandWish extends SubscriptionOfCommands {
  readonly ownerId: string;
  readonly call: CommandCall;
  readonly author: Author;
}

/**
 * The outbox to the providers. A wish is a row in the transaction that decides it, with its audit; the provider hears
 * of it afterwards, and what becomes of it comes back as a fetched subscription like everything else.
 */
@Injectable()
export class ProviderCommands {
  constructor(
    private readonly store: ProviderCommandsStore,
    private readonly work: WorkQueue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Puts a wish into the outbox; earlier ones about the same that were not sent yet are superseded. */
  async submit(tx: Transaction, wish: CommandWish): Promise<ProviderCommand> {
    const { ownerId, provider, subscriptionId, call, author } = wish;
    const at = this.clock.now();
    await this.store.supersede(tx, provider, subscriptionId, verbsReplacedBy(call.verb), at);
    const id = this.ids.next();
    const command = await this.store.insert(tx, {
      id,
      ownerId,
      provider,
      subscriptionId,
      call,
      createdAt: at,
    });
    await this.audit.record(tx, {
      ...author,
      action: `subscription.${call.verb}`,
      subject: { type: 'provider_command', id },
      ownerId,
      after: { provider, subscriptionId, ...call },
    });
    await this.work.enqueue(tx, workOf({ provider, subscriptionId }));
    return command;
  }

  /** Asks for work again on behalf of commands that wait, in case their work row was lost; answers how many. */
  async sweep(tx: Transaction, limit: number): Promise<number> {
    const waiting = await this.store.subscriptionsWaiting(tx, limit);
    for (const subscription of waiting) await this.work.restore(tx, workOf(subscription));
    return waiting.length;
  }
}

function workOf(subscription: SubscriptionOfCommands): NewWork {
  const { provider, subscriptionId } = subscription;
  return { kind: SEND_COMMANDS, key: `${provider}:${subscriptionId}`, payload: subscription };
}
