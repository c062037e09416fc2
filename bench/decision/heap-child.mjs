import { answerParent } from '../runner/child.mjs';
import { composeMemory } from './contenders/tollgate-memory.mjs';
import { randomId, seededRandom } from './random.mjs';
import { PLANS, worldOf } from './world.mjs';

const SEED = 75;
const MB = 1_000_000;

answerParent({
  /** Megabytes that remembering takes, and how many of the owners are remembered both in person and in their organization. */
  async remember({ owners }) {
    const { admit, callers, decisions } = await composeMemory(worldOf({ owners: 1 }), {
      maxEntries: 2 * owners,
    });
    const before = used();
    for (const owner of ownersOf(owners)) admit(owner);
    let known = 0;
    for (const { userId, organizationId } of ownersOf(owners)) {
      const principal = { kind: 'user', userId };
      const contexts = [{ kind: 'caller' }, { kind: 'organization', organizationId }].map((place) =>
        callers.now(principal, place),
      );
      // Asked once each, so that what is worked out on the first check is there as well.
      if (contexts.every((context) => context && decisions.now(context, 'feature-000'))) known += 1;
    }
    return { megabytes: (used() - before) / MB, known };
  },
});

/** The same owners each time; nothing keeps them but whoever remembers them. */
function* ownersOf(count) {
  const random = seededRandom(SEED);
  for (let index = 0; index < count; index++) {
    yield {
      id: randomId(random),
      userId: randomId(random),
      organizationId: randomId(random),
      plan: PLANS[index % PLANS.length],
    };
  }
}

/** Objects, and the arrays that lie outside the heap. */
function used() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
