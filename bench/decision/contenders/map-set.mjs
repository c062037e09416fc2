import { copyOf } from '../random.mjs';
import { isGranted } from '../world.mjs';

/** The floor: a set of granted features for each user, found by user id. It knows neither time nor reasons. */
export async function prepare({ owners, features }) {
  const userIds = owners.map(({ userId }) => userId);
  const keys = features.map(({ key }) => key);
  const granted = new Map(
    owners.map((owner) => [
      copyOf(owner.userId),
      new Set(features.filter((feature) => isGranted(owner, feature)).map(({ key }) => key)),
    ]),
  );
  return { check: (owner, feature) => granted.get(userIds[owner]).has(keys[feature]) };
}
