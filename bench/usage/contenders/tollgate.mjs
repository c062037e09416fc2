import { inProject } from '../../../apps/api/bin/project.mjs';
import { AT, FEATURE, LIMIT, newKey, WINDOW } from '../world.mjs';

const { SystemClock, UuidV7Generator } = await import(inProject('dist/libs/kernel/src/index.js'));
const { UsageMeter } = await import(inProject('dist/libs/usage/src/index.js'));
const { UsageBatches } = await import(inProject('dist/libs/usage/src/batches/usage-batches.service.js'));

/** Tollgate as the product calls it: limit checked, hourly bucket written, durable before it answers. */
export function tollgate(url) {
  // The meter counts in March 2027; a clock that stands there keeps those units from being late facts.
  class ClockOfBench extends SystemClock {
    now() {
      return AT;
    }
  }
  const clock = new ClockOfBench();
  const ids = new UuidV7Generator();
  const batches = new UsageBatches({ options: { url } }, clock, ids);
  const meter = new UsageMeter(batches, clock, ids);
  const ask = async (ownerId, key) => {
    const meters = [{ feature: FEATURE, quantity: 1n, limit: LIMIT, overage: 'deny', window: WINDOW }];
    const request = { ownerId, organizationId: null, principal: 'user:1', at: AT, key, meters };
    const { granted } = await meter.consume(request);
    if (!granted) throw new Error('a unit within the limit was refused');
  };
  return {
    name: 'tollgate',
    meter,
    consume: (ownerId) => ask(ownerId, null),
    consumeKeyed: (ownerId) => ask(ownerId, newKey()),
    end: () => batches.onApplicationShutdown(),
  };
}
