import type { Rollout, SubjectLists } from '../catalog/catalog.js';
import { bucketOf, BUCKETS } from './bucket.js';

/** Who asks, as far as a rollout looks. Null where there is none. */
export interface RolloutSubjects {
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/**
 * Whether a rollout includes the subject: exclude before include before bucket. Only asked of subjects whose plan includes the feature, so the percent
 * is of the eligible. Raising the percent never drops anyone: the included buckets only grow.
 * A subject that is needed but absent (a user, in a scheduled job) is not included.
 */
export function isRolledOut(
  featureKey: string,
  rollout: Rollout | null,
  subjects: RolloutSubjects,
  plan: string,
): boolean {
  if (rollout === null) return true;
  if (isListed(rollout.exclude, subjects)) return false;
  if (isListed(rollout.include, subjects)) return true;
  const subjectId = subjectOf(rollout, subjects);
  return subjectId !== null && bucketOf(featureKey, subjectId) < (percentOf(rollout, plan) * BUCKETS) / 100;
}

function percentOf({ percent, percentByPlan }: Rollout, plan: string): number {
  return Object.hasOwn(percentByPlan, plan) ? (percentByPlan[plan] ?? percent) : percent;
}

function isListed(lists: SubjectLists, { ownerId, organizationId, userId }: RolloutSubjects): boolean {
  return (
    (lists.owners?.includes(ownerId) ?? false) ||
    (organizationId !== null && (lists.organizations?.includes(organizationId) ?? false)) ||
    (userId !== null && (lists.users?.includes(userId) ?? false))
  );
}

function subjectOf({ subject }: Rollout, subjects: RolloutSubjects): string | null {
  switch (subject) {
    case 'owner':
      return subjects.ownerId;
    case 'organization':
      return subjects.organizationId;
    case 'user':
      return subjects.userId;
  }
}
