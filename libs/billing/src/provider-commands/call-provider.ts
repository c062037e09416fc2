import type { PaymentProvider } from '../providers/payment-provider.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import type { CommandCall } from './command-call.js';

/** One attempt to send a command; `intentKey` is the same whenever the same is asked for it, `at` the present instant. */
export interface Attempt {
  readonly intentKey: string;
  readonly at: Date;
}

/** Makes the call that a command stands for. */
export async function callProvider(
  provider: PaymentProvider,
  subscriptionId: string,
  call: CommandCall,
  { intentKey, at }: Attempt,
): Promise<ProviderSubscription> {
  switch (call.verb) {
    case 'change_plan': {
      const { priceRef, seats, when, proration } = call;
      return provider.changePlan(subscriptionId, { priceRef, seats, when, proration, intentKey });
    }
    case 'set_seats': {
      const { seats, when, proration } = call;
      return provider.setSeats(subscriptionId, { seats, when, proration, intentKey });
    }
    case 'schedule_cancel':
      return provider.scheduleCancel(subscriptionId, intentKey);
    case 'undo_cancel':
      return provider.undoCancel(subscriptionId, intentKey);
    case 'pause':
      return provider.pause(
        subscriptionId,
        call.resumesAt === null ? null : new Date(call.resumesAt),
        intentKey,
      );
    case 'resume':
      return provider.resume(subscriptionId, at, intentKey);
    case 'revoke':
      return provider.revoke(subscriptionId);
    case 'drop_pending_change':
      return provider.dropPendingChange(subscriptionId);
  }
}
