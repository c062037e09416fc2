import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { touch } from './polar-subscriptions.js';

/** Schedules a change for the end of the running period; it replaces one scheduled before. */
export function postpone(
  world: World,
  record: PolarSubscriptionRecord,
  change: { product_id: string | null; seats: number | null },
): void {
  record.subscription.pending_update = {
    created_at: world.clock.iso(),
    modified_at: null,
    id: uuid(),
    applies_at: record.subscription.current_period_end,
    units: null,
    ...change,
  };
  touch(world, record, 'subscription.updated');
}
