import { createMongoAbility } from '@casl/ability';
import { isGranted } from '../world.mjs';

/**
 * One ability for each owner, found already, as it hangs on a request. It knows no percentage: who is in was decided
 * when the ability was made.
 */
export async function prepare({ owners, features }) {
  const keys = features.map(({ key }) => key);
  const abilities = owners.map((owner) =>
    createMongoAbility(
      features
        .filter((feature) => isGranted(owner, feature) && isIn(owner, feature))
        .map(({ key }) => ({ action: 'use', subject: key })),
    ),
  );
  return { check: (owner, feature) => abilities[owner].can('use', keys[feature]) };
}

/** Stands for any decision made beforehand. */
const isIn = ({ id }, { percent }) => percent === null || Number.parseInt(id.slice(0, 8), 16) % 100 < percent;
