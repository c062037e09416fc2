import { Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { PlanChangesStore } from '../plan-changes/plan-changes.store.js';
import { Inbox } from '../subscription-sync/inbox.service.js';
import type { ProviderCommand } from './provider-command.js';
import { ProviderCommandsStore } from './provider-commands.store.js';

/** What became of a command; `reason` is a stable word, null when it was done. */
export interface CommandOutcome {
  readonly state: 'done' | 'refused' | 'stale';
  readonly reason: string | null;
}

/** Writes what became of commands. */
@Injectable()
export class CommandOutcomes {
  constructor(
    private readonly store: ProviderCommandsStore,
    private readonly planChanges: PlanChangesStore,
    private readonly alerts: Alerts,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  /** Writes the outcome and asks for the subscription to be fetched: only what is fetched changes access. */
  async write(tx: Transaction, command: ProviderCommand, { state, reason }: CommandOutcome): Promise<void> {
    const { id, ownerId, provider, subscriptionId, call } = command;
    const at = this.clock.now();
    await this.store.finish(tx, id, state, reason, at);
    await this.planChanges.endOfCommand(tx, id, state === 'done' ? 'applied' : 'refused', at);
    if (state === 'refused') {
      const details = { provider, subscriptionId, verb: call.verb, reason };
      await this.alerts.raise(tx, { kind: 'command_refused', subject: id, ownerId, details });
    }
    await this.inbox.wantSync(tx, { provider, subscriptionId });
  }
}
