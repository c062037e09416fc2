import type { models } from '@polar-sh/sdk/2026-10';
import type { World } from '../world.js';
import { hasMetadata, names, says, sortedBy, within } from './polar-filters.js';
import type { SubscriptionQuery } from './polar-subscription-schemas.js';
import { ACTIVE_STATUSES, showSubscription } from './polar-view.js';

/** Subscriptions that meet every filter, in the order asked for; newest first when none is. */
export function listSubscriptions(world: World, wanted: SubscriptionQuery): models.Subscription[] {
  const matching = Object.values(world.state.polar.subscriptions)
    .map((record) => showSubscription(world.state.polar, record))
    .filter((one) => matches(one, wanted));
  return sortedBy(matching, wanted.sorting ?? '-started_at', {
    customer: (one) => one.customer.email,
    status: (one) => one.status,
    started_at: (one) => one.started_at,
    current_period_end: (one) => one.current_period_end,
    ended_at: (one) => one.ended_at,
    ends_at: (one) => one.ends_at,
    amount: (one) => one.amount,
    product: (one) => one.product.name,
    discount: (one) => one.discount_id,
  });
}

function matches(one: models.Subscription, wanted: SubscriptionQuery): boolean {
  return (
    names(wanted.organization_id, one.product.organization_id) &&
    names(wanted.customer_id, one.customer_id) &&
    names(wanted.external_customer_id, one.customer.external_id) &&
    names(wanted.product_id, one.product_id) &&
    names(wanted.discount_id, one.discount_id) &&
    names(wanted.status, one.status) &&
    names(wanted.customer_cancellation_reason, one.customer_cancellation_reason) &&
    says(wanted.active, ACTIVE_STATUSES.includes(one.status)) &&
    says(wanted.cancel_at_period_end, one.cancel_at_period_end) &&
    within(one.canceled_at, wanted.canceled_at_after, wanted.canceled_at_before) &&
    within(one.started_at, wanted.started_after, wanted.started_before) &&
    hasMetadata(wanted, one.metadata)
  );
}
