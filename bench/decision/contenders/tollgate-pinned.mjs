import { composeMemory } from './tollgate-memory.mjs';

/** The last answer escapes, or the compiler might never build it. */
export let latest;

/**
 * The caller resolved once and kept on its request, as a guard keeps it; every check verifies that the owner is still
 * fresh and its deadline not reached, and builds a typed answer. Every second owner is asked about in its organization.
 */
export async function prepare(world) {
  const { admit, callers, decisions } = await composeMemory(world, { maxEntries: 2 * world.owners.length });
  const keys = world.features.map(({ key }) => key);
  for (const owner of world.owners) admit(owner);
  const contexts = world.owners.map(({ userId, organizationId }, index) =>
    callers.now({ kind: 'user', userId }, placeOf(index, organizationId)),
  );
  return {
    check: (owner, feature) => {
      latest = decisions.now(contexts[owner], keys[feature]);
      return latest.allowed;
    },
  };
}

/** In person, or in the organization. */
export const placeOf = (index, organizationId) =>
  index % 2 === 0 ? { kind: 'caller' } : { kind: 'organization', organizationId };
