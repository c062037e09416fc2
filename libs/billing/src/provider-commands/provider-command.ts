import type { ProviderName } from '../providers/payment-provider.js';
import type { CommandCall } from './command-call.js';

/**
 * `done`: the provider took it. `refused`: it said no, and nothing was changed. `superseded`: a later wish came first.
 * `stale`: the subscription had ended, or was not what it had been.
 */
export type CommandState = 'pending' | 'done' | 'refused' | 'superseded' | 'stale';

/** One wish to a provider, kept until its outcome is known and afterwards. The idempotency key is made of the id. */
export interface ProviderCommand {
  readonly id: string;
  readonly ownerId: string;
  readonly provider: ProviderName;
  readonly subscriptionId: string;
  /** Counts up by one for each command of a subscription. */
  readonly revision: number;
  readonly call: CommandCall;
  readonly state: CommandState;
  /** Why it was refused or is stale, in a stable word. */
  readonly outcome: string | null;
  readonly createdAt: Date;
  /** When it was first sent; from then on its outcome may be unknown. */
  readonly attemptedAt: Date | null;
  readonly finishedAt: Date | null;
}
