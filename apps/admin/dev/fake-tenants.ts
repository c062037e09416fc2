import type { Assignment, Entitlement, Tenant } from '../src/api/staff-api.js';
import { cases, day, free, plans } from './fake-cases.js';

const entitlement = (
  feature: string,
  kind: Entitlement['kind'],
  rest: Partial<Entitlement>,
): Entitlement => ({
  feature,
  kind,
  allowed: true,
  reason: null,
  lapsed: null,
  limit: null,
  used: null,
  plan: 'free',
  source: 'default',
  ...rest,
});

function entitlementsOf(
  plan: string,
  source: Entitlement['source'],
  lapsed: Entitlement['lapsed'],
): Entitlement[] {
  const paid = plan !== 'free';
  const from = { plan, source };
  const reason = lapsed ? 'subscription_lapsed' : 'plan_required';
  const denied = { allowed: false, reason, lapsed } as const;
  return [
    entitlement('workflows', 'capacity', {
      ...from,
      limit: paid ? '25' : '3',
      used: '3',
      ...(paid ? {} : { allowed: false, reason: 'capacity_reached' }),
    }),
    entitlement('nodes_per_workflow', 'ceiling', { ...from, limit: paid ? '50' : '10' }),
    entitlement('executions', 'quota', { ...from, limit: paid ? '5000' : '100', used: '87' }),
    entitlement(
      'export',
      'quota',
      paid ? { ...from, limit: '-1', used: '1204' } : { ...from, ...denied, limit: '0', used: '0' },
    ),
    entitlement('analytics-dashboard', 'flag', {
      ...from,
      allowed: false,
      reason: paid ? 'not_rolled_out' : 'plan_required',
    }),
    entitlement('custom_domains', 'capacity', {
      ...from,
      limit: '1',
      used: '2',
      allowed: false,
      reason: 'over_limit',
    }),
    entitlement('white_label', 'flag', paid ? { plan, source: 'override' } : { ...from, ...denied }),
  ];
}

function assignmentsOf(
  tenant: Pick<Tenant, 'id' | 'plan' | 'planName' | 'source' | 'status' | 'cancelAt' | 'currentPeriodEnd'>,
): Assignment[] {
  if (tenant.source === 'default') return [];
  const trial = {
    id: `${tenant.id}-0`,
    plan: 'pro',
    planName: 'Pro',
    from: day(-60),
    to: day(-46),
    source: 'trial',
    lapsed: 'trial_ended',
  } as const;
  const paused = tenant.status === 'paused';
  const lapsed = paused ? 'paused' : tenant.cancelAt ? 'canceled' : 'expired';
  return [
    trial,
    {
      id: `${tenant.id}-1`,
      plan: tenant.plan,
      planName: tenant.planName,
      from: day(-40),
      // As the API answers it: a day past the period's end while nothing ends it.
      to: paused ? day(-2) : (tenant.cancelAt ?? (tenant.currentPeriodEnd && day(11))),
      source: tenant.source,
      lapsed: tenant.currentPeriodEnd ? lapsed : null,
    },
  ];
}

/** The tenant of a place in the list, newest first. */
export function makeTenant(place: number): Tenant {
  const given = cases[place] ?? { name: `Tenant ${place}`, email: `tenant-${place}@example.test` };
  const plan = plans.find(({ key }) => key === given.plan) ?? free;
  const bought = given.source === 'subscription' || given.source === 'trial';
  const id = `0197f3a1-0000-7000-8000-${String(place).padStart(12, '0')}`;
  const row = {
    id,
    userId: `user-${place}`,
    name: given.name ?? null,
    email: given.email ?? null,
    plan: plan.key,
    planName: plan.name,
    status: given.status ?? ('active' as const),
    provider: given.provider ?? 'polar',
    source: given.source ?? ('default' as const),
    cancelAt: given.cancelAt ?? null,
    currentPeriodEnd: bought ? day(10) : null,
    organizationCount: place % 3,
    createdAt: day(-place * 3),
  };
  return {
    ...row,
    subscription: {
      plan: bought ? plan.key : 'free',
      status: row.status,
      provider: row.provider,
      providerCustomerId: bought ? `cus_${place}Kx9fQ2` : null,
      providerSubscriptionId: bought ? `sub_1PqR${place}LkdIwHu7ixYzAbCd` : null,
      currentPeriodStart: bought ? day(-20) : null,
      currentPeriodEnd: row.currentPeriodEnd,
      cancelAt: row.cancelAt,
      trialEnd: given.trialEnd ?? null,
      pastDueSince: given.pastDueSince ?? null,
      graceUntil: given.graceUntil ?? null,
      seats: given.seats ?? null,
      amount: bought ? '9900' : null,
      currency: bought ? 'usd' : null,
      interval: bought ? 'month' : null,
      pendingChange: given.pendingChange ?? null,
      pause: given.pause ?? null,
    },
    assignments: assignmentsOf(row),
    entitlements: entitlementsOf(row.plan, row.source, row.status === 'paused' ? 'paused' : null),
    organizations: Array.from({ length: row.organizationCount }, (_, n) => ({
      id: `${id}-org-${n}`,
      name: n ? 'Department of Unreasonably Long Organization Names and Sons' : 'Analytical Engines',
      role: n ? 'member' : 'owner',
      memberCount: 1 + n * 7,
    })),
    audit:
      row.source === 'staff'
        ? [
            {
              id: `${id}-audit`,
              at: day(-40),
              actor: 'support@example.test',
              action: 'tenant.plan_given',
              reason: 'Conference speaker, one year of Team',
              before: { plan: 'free', to: null },
              after: { plan: 'team', to: null },
            },
            {
              id: `${id}-audit-seats`,
              at: day(-41),
              actor: 'user:u-1',
              action: 'subscription.set_seats',
              reason: null,
              before: null,
              after: { verb: 'set_seats', provider: 'polar', subscriptionId: '5667', seats: 5 },
            },
          ]
        : [],
  };
}
