import { composeMemory } from './tollgate-memory.mjs';
import { placeOf } from './tollgate-pinned.mjs';

/** The last answer escapes, or the compiler might never build it. */
export let latest;

/**
 * Everything in every check: principal and place as a request brings them, user to owner, or organization and
 * membership to owner, freshness and deadline, and a typed answer.
 */
export async function prepare(world) {
  const { admit, callers, decisions } = await composeMemory(world, { maxEntries: 2 * world.owners.length });
  const keys = world.features.map(({ key }) => key);
  const userIds = world.owners.map(({ userId }) => userId);
  const organizationIds = world.owners.map(({ organizationId }) => organizationId);
  for (const owner of world.owners) admit(owner);
  return {
    check: (owner, feature) => {
      const principal = { kind: 'user', userId: userIds[owner] };
      const context = callers.now(principal, placeOf(owner, organizationIds[owner]));
      latest = decisions.answerBy(context, keys[feature]);
      return latest.allowed;
    },
  };
}
