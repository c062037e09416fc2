import { denialMessage } from '@tollgate/entitlements';
import type { Denied, DenialReason } from '@tollgate/entitlements';

const EXAMPLE_OWNER = '0190a6b2-7c5e-7000-8000-000000000001';
const RESETS_AT = '2030-02-01T00:00:00.000Z';

type Facts = Partial<Denied>;

const free: Facts = { ownerId: EXAMPLE_OWNER, plan: 'free' };
const pro: Facts = { ownerId: EXAMPLE_OWNER, plan: 'pro' };

/** What each reason carries; a reason that is added to the union has to be added here, or nothing compiles. */
const FACTS: Readonly<Record<DenialReason, Facts & Pick<Denied, 'feature'>>> = {
  unauthenticated: { feature: 'export' },
  owner_unresolved: { feature: 'export' },
  feature_unknown: { feature: 'exprot', ownerId: EXAMPLE_OWNER },
  feature_disabled: { feature: 'export', ownerId: EXAMPLE_OWNER },
  plan_required: {
    ...free,
    feature: 'export',
    requiredPlans: ['pro', 'team', 'enterprise'],
    upgradeUrl: '/pricing',
  },
  subscription_lapsed: { ...free, feature: 'export', lapsed: 'payment_past_due' },
  not_rolled_out: { ...pro, feature: 'analytics-dashboard' },
  rate_limited: { ...pro, feature: 'analytics-dashboard', retryAfter: 12 },
  quota_exceeded: {
    ...pro,
    feature: 'executions',
    limit: 5_000,
    used: 5_000,
    resetsAt: RESETS_AT,
    retryAfter: 86_400,
  },
  capacity_reached: { ...free, feature: 'workflows', limit: 3, used: 3 },
  over_limit: { ...free, feature: 'workflows', limit: 3, used: 5 },
  ceiling_exceeded: { ...free, feature: 'nodes_per_workflow', limit: 10, requested: 11 },
  seat_limit: { ...pro, feature: 'seats', limit: 3, used: 3 },
  unavailable: { feature: 'executions', retryAfter: 5 },
};

/** Every reason for which something is denied. */
export const DENIAL_REASONS = Object.keys(FACTS) as readonly DenialReason[];

/** A decision for each reason, as it is answered. */
export const DENIAL_EXAMPLES: readonly Denied[] = DENIAL_REASONS.map((reason) => ({
  allowed: false,
  ...FACTS[reason],
  reason,
  message: denialMessage(reason),
}));
