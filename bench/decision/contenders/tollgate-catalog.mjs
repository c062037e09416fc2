import { PLANS } from '../world.mjs';

/** The world's plans and features as our catalog form. */
export function catalogFormOf({ features }) {
  return {
    defaultPlan: 'free',
    plans: Object.fromEntries(PLANS.map((key, rank) => [key, { name: key, rank }])),
    features: Object.fromEntries(
      features.map(({ key, plans, percent, enabled }) => [
        key,
        {
          name: key,
          kind: 'flag',
          enabled,
          allowances: Object.fromEntries(plans.map((plan) => [plan, true])),
          rollout: { percent },
        },
      ]),
    ),
  };
}
