import { EventEmitter } from 'node:events';
import { Unleash, UnleashEvents } from 'unleash-client';

/** Flags held in memory, never fetched: the client's own repository would ask a server first. */
class Offline extends EventEmitter {
  constructor(toggles) {
    super();
    this.toggles = new Map(toggles.map((toggle) => [toggle.name, toggle]));
  }
  getToggle(name) {
    return this.toggles.get(name);
  }
  getToggles() {
    return [...this.toggles.values()];
  }
  getTogglesWithSegmentData() {
    return this.getToggles();
  }
  getSegment() {}
  async start() {
    this.emit(UnleashEvents.Ready);
  }
  stop() {}
}

/** The plan is a constraint, the percentage a flexible rollout that sticks to the user. One context for each owner. */
export async function prepare({ owners, features }) {
  const unleash = new Unleash({
    appName: 'bench',
    url: 'http://127.0.0.1:9/api/',
    disableMetrics: true,
    disableAutoStart: true,
    repository: new Offline(features.map(toggleOf)),
  });
  await unleash.start();
  const contexts = owners.map(({ userId, plan }) => ({ userId, properties: { plan } }));
  const keys = features.map(({ key }) => key);
  return { check: (owner, feature) => unleash.isEnabled(keys[feature], contexts[owner]) };
}

function toggleOf({ key, plans, percent, enabled }) {
  const constraints = [{ contextName: 'plan', operator: 'IN', values: plans, inverted: false }];
  const parameters = { rollout: String(percent), stickiness: 'userId', groupId: key };
  return {
    name: key,
    type: 'release',
    enabled,
    stale: false,
    impressionData: false,
    strategies: [{ name: 'flexibleRollout', parameters, constraints }],
    variants: [],
  };
}
