import { defineCatalog } from '@tollgate/entitlements';

/** Two plans, with a feature for each thing that a guard can say. */
export const townCatalog = defineCatalog({
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', rank: 0 },
    pro: { name: 'Pro', rank: 10 },
    gold: { name: 'Gold', rank: 20 },
  },
  features: {
    open: { name: 'Open', kind: 'flag', allowances: { free: true, pro: true, gold: true } },
    paid: { name: 'Paid', kind: 'flag', allowances: { gold: true, pro: true } },
    off: { name: 'Off', kind: 'flag', enabled: false, allowances: { free: true, pro: true } },
    soon: { name: 'Soon', kind: 'flag', rollout: {}, allowances: { free: true, pro: true } },
    things: { name: 'Things', kind: 'capacity', allowances: { free: 2, pro: 5, gold: -1 } },
    things_per_organization: {
      name: 'Things in one organization',
      kind: 'capacity',
      countedBy: 'organization',
      allowances: { free: 1, pro: 3, gold: -1 },
    },
  },
});
