import { GrowthBookClient } from '@growthbook/growthbook';

/** Its client for servers: one for all callers, who bring their attributes. The plan is a condition, the percentage a coverage. */
export async function prepare({ owners, features }) {
  const client = new GrowthBookClient().initSync({
    payload: {
      features: Object.fromEntries(features.map((feature) => [feature.key, definitionOf(feature)])),
    },
  });
  const contexts = owners.map(({ userId, plan }) => ({ attributes: { id: userId, plan } }));
  const keys = features.map(({ key }) => key);
  return { check: (owner, feature) => client.isOn(keys[feature], contexts[owner]) };
}

function definitionOf({ key, plans, percent, enabled }) {
  const rule = {
    condition: { plan: { $in: plans } },
    force: true,
    coverage: percent / 100,
    hashAttribute: 'id',
    seed: key,
    hashVersion: 2,
  };
  return { defaultValue: false, rules: enabled ? [rule] : [] };
}
