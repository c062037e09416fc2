import type { Subscription } from './subscription.js';

/** Where what stands in the way of anything else is put right; empty when nothing does. */
export interface WayOn {
  readonly payAt?: string;
  readonly resumeAt?: string;
  readonly undoAt?: string;
}

/** What has to be done about a subscription before it can be changed: everything that change would refuse is named. */
export function wayOn({ status, cancelAt }: Pick<Subscription, 'status' | 'cancelAt'>): WayOn {
  return {
    ...((status === 'past_due' || status === 'unpaid') && { payAt: '/v1/portal' }),
    ...(status === 'paused' && { resumeAt: '/v1/subscription/resume' }),
    ...(cancelAt && { undoAt: '/v1/subscription/undo-cancel' }),
  };
}
