import { defineCatalog } from '@tollgate/entitlements';

const HOUR_SECONDS = 3_600;

/** The catalog that an empty database starts with; afterwards the database is the truth. */
export const seedCatalog = defineCatalog({
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', rank: 0 },
    pro: { name: 'Pro', rank: 10, graceDays: 7 },
    team: { name: 'Team', rank: 20, graceDays: 7, perSeat: true },
    enterprise: { name: 'Enterprise', rank: 30, graceDays: 14, perSeat: true },
  },
  features: {
    workflows: {
      name: 'Workflows',
      kind: 'capacity',
      allowances: { free: 3, pro: 25, team: 100, enterprise: -1 },
    },
    workflows_per_organization: {
      name: 'Workflows in one organization',
      kind: 'capacity',
      countedBy: 'organization',
      allowances: { free: 3, pro: 15, team: 50, enterprise: -1 },
    },
    credentials: {
      name: 'Credentials',
      kind: 'capacity',
      allowances: { free: 2, pro: 20, team: 100, enterprise: -1 },
    },
    nodes_per_workflow: {
      name: 'Nodes in one workflow',
      kind: 'ceiling',
      allowances: { free: 10, pro: 50, team: 100, enterprise: 500 },
    },
    executions: {
      name: 'Executions',
      kind: 'quota',
      window: 'month',
      chargeOn: 'attempt',
      allowances: {
        free: 100,
        pro: 5_000,
        team: 25_000,
        enterprise: { limit: 100_000, overage: 'allow' },
      },
    },
    seats: {
      name: 'Seats',
      kind: 'capacity',
      allowances: { free: 1, pro: 3, team: 100, enterprise: 1_000 },
    },
    export: {
      name: 'Export',
      kind: 'quota',
      window: 'day',
      rollout: { percent: 100 },
      allowances: { pro: 50, team: 50, enterprise: -1 },
    },
    'analytics-dashboard': {
      name: 'Analytics dashboard',
      kind: 'flag',
      rollout: { percent: 20, subject: 'user' },
      rates: [{ limit: 100, perSeconds: HOUR_SECONDS, by: 'user' }],
      allowances: { pro: true, team: true, enterprise: true },
    },
    ai_features: {
      name: 'AI nodes',
      kind: 'flag',
      allowances: { pro: true, team: true, enterprise: true },
    },
    premium_triggers: {
      name: 'Premium triggers',
      kind: 'flag',
      allowances: { pro: true, team: true, enterprise: true },
    },
    ai_review: {
      name: 'AI review',
      kind: 'quota',
      window: 'day',
      chargeOn: 'attempt',
      rates: [
        { limit: 60, perSeconds: HOUR_SECONDS, by: 'api_key' },
        { limit: 600, perSeconds: HOUR_SECONDS, by: 'organization' },
      ],
      allowances: { pro: 100, team: 500, enterprise: 5_000 },
    },
    custom_domains: {
      name: 'Custom domains',
      kind: 'capacity',
      allowances: { pro: 1, team: 5, enterprise: -1 },
    },
    white_label: { name: 'White label', kind: 'flag', allowances: { team: true, enterprise: true } },
    priority_support: { name: 'Priority support', kind: 'flag', allowances: { enterprise: true } },
  },
});
