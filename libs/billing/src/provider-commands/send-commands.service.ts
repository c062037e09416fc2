import { Injectable } from '@nestjs/common';
import { Clock, type Lease, Leases, TransactionRunner } from '@tollgate/kernel';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../providers/provider.errors.js';
import { Seats } from '../seats/seats.service.js';
import { callProvider } from './call-provider.js';
import { type CommandCall, isFulfilled } from './command-call.js';
import { type CommandOutcome, CommandOutcomes } from './command-outcomes.service.js';
import type { ProviderCommand } from './provider-command.js';
import type { SubscriptionOfCommands } from './provider-commands.service.js';
import { ProviderCommandsStore } from './provider-commands.store.js';

const DONE: CommandOutcome = { state: 'done', reason: null };

/** Sends the waiting commands of one subscription, one after the other, under the caller's lease. */
@Injectable()
export class SendCommands {
  constructor(
    private readonly store: ProviderCommandsStore,
    private readonly outcomes: CommandOutcomes,
    private readonly providers: ProviderRegistry,
    private readonly seats: Seats,
    private readonly transactions: TransactionRunner,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  /**
   * Stops at the first command whose outcome cannot be known now; it and the later ones wait.
   *
   * @throws ProviderUnavailableError when the provider gives no answer
   */
  async run({ provider, subscriptionId }: SubscriptionOfCommands, lease: Lease): Promise<void> {
    const pending = await this.store.pendingOf(this.transactions.reader, provider, subscriptionId);
    for (const command of pending) await this.send(command, lease);
  }

  private async send(command: ProviderCommand, lease: Lease): Promise<void> {
    const goesOn = await this.transactions.run(async (tx) => {
      await this.leases.assertHeld(tx, lease);
      return this.store.markAttempted(tx, command.id, this.clock.now());
    });
    if (!goesOn) return;
    const outcome = await this.call(command);
    await this.transactions.run(async (tx) => {
      await this.leases.assertHeld(tx, lease);
      await this.outcomes.write(tx, command, outcome);
    });
  }

  private async call({
    id,
    ownerId,
    provider,
    subscriptionId,
    ...command
  }: ProviderCommand): Promise<CommandOutcome> {
    const adapter = this.providers.get(provider);
    const call = await this.withSeatsOfNow(ownerId, command.call);
    try {
      // Read before the write: it may have ended, and a call that was sent before may have arrived.
      const now = await adapter.fetchSubscription(subscriptionId);
      if (!now || (now.endedAt !== null && call.verb !== 'revoke'))
        return { state: 'stale', reason: now ? 'ended' : 'not_found' };
      if (command.attemptedAt !== null && isFulfilled(call, now)) return DONE;
      const intentKey = intentKeyOf(id, call, command.call);
      await callProvider(adapter, subscriptionId, call, { intentKey, at: this.clock.now() });
      return DONE;
    } catch (error) {
      if (!(error instanceof ProviderRefusedError)) throw error;
      // A renewal is under way: it will let go.
      if (error.reason === 'locked')
        throw new ProviderUnavailableError(provider, undefined, { cause: error });
      // Said of a repetition, when the answer to what went before was lost: the state decides what happened.
      if (await this.standsAsWished(adapter, subscriptionId, call)) return DONE;
      return { state: error.reason === 'ended' ? 'stale' : 'refused', reason: error.reason };
    }
  }

  private async standsAsWished(
    adapter: PaymentProvider,
    subscriptionId: string,
    call: CommandCall,
  ): Promise<boolean> {
    try {
      const now = await adapter.fetchSubscription(subscriptionId);
      return now !== null && isFulfilled(call, now);
    } catch (error) {
      // Who refuses to tell the state as well (bad credentials) has done nothing; without an answer nothing is known.
      if (error instanceof ProviderRefusedError) return false;
      throw error;
    }
  }

  /** A plan is never switched with a number of seats from yesterday: those taken meanwhile are paid for. */
  private async withSeatsOfNow(ownerId: string, call: CommandCall): Promise<CommandCall> {
    if (call.verb !== 'change_plan' || call.seats === null) return call;
    const taken = await this.seats.used(this.transactions.reader, ownerId);
    return taken > call.seats ? { ...call, seats: taken } : call;
  }
}

/** Providers refuse a key that comes again with other parameters: the command with more seats is another intent. */
function intentKeyOf(commandId: string, call: CommandCall, wished: CommandCall): string {
  return call.verb === 'change_plan' && call !== wished ? `${commandId}:seats:${call.seats}` : commandId;
}
