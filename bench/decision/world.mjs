import { randomId, seededRandom } from './random.mjs';

const SEED = 20_261_126;

/** Lowest rank first; a higher plan includes all that a lower one has. */
export const PLANS = ['free', 'pro', 'team', 'enterprise'];

/** How many of a hundred owners hold each plan; free ones are many more in life, but it is paying ones who call. */
const SHARES = [30, 40, 20, 10];

/** Every feature has a percentage to look at; every third is still being rolled out, to these in turn. */
const PERCENTAGES = [1, 10, 25, 50, 75];

/**
 * Owners and features, the same for all contenders. A feature belongs to a lowest plan and is rolled out to a
 * percentage of those who have it, two thirds of them to all; one in fifty is switched off.
 */
export function worldOf({ owners = 10_000, features = 100 } = {}) {
  const random = seededRandom(SEED);
  return {
    features: Array.from({ length: features }, (_, index) => ({
      key: Buffer.from(`feature-${String(index).padStart(3, '0')}`).toString('latin1'),
      plans: PLANS.slice(index % PLANS.length),
      percent: index % 3 === 0 ? PERCENTAGES[(index / 3) % PERCENTAGES.length] : 100,
      enabled: index % 50 !== 49,
    })),
    owners: Array.from({ length: owners }, () => ({
      id: randomId(random),
      userId: randomId(random),
      organizationId: randomId(random),
      plan: planAt(random() * 100),
    })),
  };
}

/** Whether plan and switch give the feature: what all contenders must agree on where nothing is rolled out. */
export const isGranted = (owner, feature) => feature.enabled && feature.plans.includes(owner.plan);

function planAt(share) {
  let end = 0;
  return PLANS.find((_, index) => share < (end += SHARES[index]));
}
