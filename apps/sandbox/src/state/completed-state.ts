import { HABITS } from '../habits.js';
import { emptyState, type SandboxState } from './sandbox-state.js';

/** A saved state with what older versions did not write yet: a field that is missing gets its empty value. */
export function completedState(saved: Partial<SandboxState>): SandboxState {
  const empty = emptyState();
  const state: SandboxState = {
    ...empty,
    ...saved,
    polar: { ...empty.polar, ...saved.polar },
    stripe: { ...empty.stripe, ...saved.stripe },
  };
  for (const record of Object.values(state.polar.subscriptions)) {
    record.billingEntries ??= [];
    record.locked ??= false;
  }
  for (const record of Object.values(state.stripe.subscriptions)) {
    record.locked ??= false;
    record.pendingLines ??= [];
    record.pendingItems ??= null;
    record.hasCard ??= true;
  }
  for (const checkout of Object.values(state.stripe.checkouts)) {
    checkout.trialEndBehavior ??= 'create_invoice';
    checkout.collectsCard ??= true;
    checkout.adjustable ??= null;
  }
  completeWebhooks(state);
  return state;
}

// Events saved before there were endpoints were all for the configured one.
function completeWebhooks(state: SandboxState): void {
  state.webhooks.forEach((event, index) => {
    if (event.endpointId === undefined) event.endpointId = HABITS[event.provider].configuredEndpoint;
    event.rank ??= index - state.webhooks.length;
  });
}
