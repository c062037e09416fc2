import type { Rollout, SubjectLists } from '../catalog/catalog.js';

/** How a rollout is to be asked about: not at all, once for each owner, or anew for each caller. */
export type RolloutLook = 'none' | 'owner' | 'caller';

/**
 * A rollout whose subject and lists are owners only gives every caller of an owner the same answer; one that leaves no
 * owner out gives the same to all.
 */
export function rolloutLook(rollout: Rollout | null): RolloutLook {
  if (rollout === null) return 'none';
  const { subject, include, exclude } = rollout;
  if (subject !== 'owner' || namesCallers(exclude)) return 'caller';
  if (leavesNobodyOut(rollout)) return 'none';
  return namesCallers(include) ? 'caller' : 'owner';
}

const namesCallers = ({ organizations = [], users = [] }: SubjectLists): boolean =>
  organizations.length + users.length > 0;

/** Of a rollout by owners: whom it includes by name is included anyhow. */
function leavesNobodyOut({ percent, percentByPlan, exclude }: Rollout): boolean {
  const percents = [percent, ...Object.values(percentByPlan)];
  return percents.every((each) => each === 100) && (exclude.owners ?? []).length === 0;
}
