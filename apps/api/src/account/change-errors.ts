/** Why a wish for another plan, interval or seats is refused with 400, whatever is held. */
export const CHANGE_REFUSALS = ['invalid_request', 'not_for_sale', 'seats_invalid'] as const;

/** Why a change of plan, interval or seats, or its preview, is refused with 409. */
export const CHANGE_CONFLICTS = [
  'no_subscription',
  'plan_unchanged',
  'seat_pricing_stays',
  'subscription_changed',
  'cancel_scheduled',
  'payment_due',
  'prepaid_time',
  'paused',
  'price_not_on_sale',
  'change_in_progress',
  'change_under_way',
] as const;

/** Why a pending change cannot be taken back, 409. */
export const REVOKE_CONFLICTS = [
  'no_subscription',
  'nothing_pending',
  'change_in_progress',
  'change_under_way',
] as const;
