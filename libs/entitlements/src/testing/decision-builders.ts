import type { Principal } from '@tollgate/kernel';
import type { Assignment } from '../assignments/assignment.js';
import type { Catalog } from '../catalog/catalog.js';
import { defineCatalog } from '../catalog/define-catalog.js';
import { readCatalogForm } from '../catalog/read-catalog-form.js';
import type { DecisionInput } from '../decisions/decide.js';
import type { Override } from '../overrides/override.js';

/** The instant at which unit specs decide. */
export const AT = new Date('2026-03-10T12:00:00.000Z');

/** An instant so many milliseconds from {@link AT}. */
export const at = (offsetMs: number): Date => new Date(AT.getTime() + offsetMs);

/** Someone who calls. */
export const USER: Principal = { kind: 'user', userId: 'user-1' };

/** Three plans, and one feature for each way in which a layer can refuse. */
export const CATALOG: Catalog = readCatalogForm(
  defineCatalog({
    defaultPlan: 'free',
    plans: {
      enterprise: { name: 'Enterprise', rank: 30 },
      free: { name: 'Free', rank: 0 },
      pro: { name: 'Pro', rank: 10, graceDays: 7 },
    },
    features: {
      open: { name: 'Open', kind: 'flag', allowances: { free: true, pro: true, enterprise: true } },
      paid: { name: 'Paid', kind: 'flag', allowances: { enterprise: true, pro: true } },
      top: { name: 'Top', kind: 'flag', allowances: { enterprise: true } },
      nobody: { name: 'In no plan', kind: 'flag', allowances: {} },
      off: { name: 'Off', kind: 'flag', enabled: false, allowances: { free: true, pro: true } },
      soon: { name: 'Soon', kind: 'flag', rollout: {}, allowances: { pro: true } },
      things: { name: 'Things', kind: 'capacity', allowances: { free: 3, pro: 25, enterprise: -1 } },
      runs: { name: 'Runs', kind: 'quota', window: 'day', allowances: { pro: 50, enterprise: -1 } },
      size: { name: 'Size', kind: 'ceiling', allowances: { free: 10, pro: 50 } },
    },
  }),
  1,
);

/** An assignment of the pro plan, a day old and without an end, unless said otherwise. */
export function assignment(wish: Partial<Assignment> = {}): Assignment {
  return {
    id: 'assignment-1',
    ownerId: 'owner-1',
    plan: 'pro',
    source: 'subscription',
    from: at(-86_400_000),
    to: null,
    graceSince: null,
    lapsed: null,
    billingAnchor: null,
    anchorSince: null,
    anchorBefore: null,
    catalogVersion: null,
    ...wish,
  };
}

/** A user in the personal space of an owner with these assignments, asking for a feature. */
export function asking(
  feature: string,
  assignments: readonly Assignment[] = [],
  wish: Partial<DecisionInput> = {},
): DecisionInput {
  return {
    catalog: CATALOG,
    principal: USER,
    owner: { ownerId: 'owner-1', assignments, overrides: [] },
    organizationId: null,
    userId: 'user-1',
    feature,
    at: AT,
    ...wish,
  };
}

/** An override of the feature `paid`, a minute old and without an end, that switches it on. */
export function override(wish: Partial<Override> = {}): Override {
  return {
    id: 'override-1',
    ownerId: 'owner-1',
    feature: 'paid',
    value: { enabled: true, limit: null },
    from: at(-60_000),
    to: null,
    reason: 'a promise',
    author: 'staff:1',
    ...wish,
  };
}
