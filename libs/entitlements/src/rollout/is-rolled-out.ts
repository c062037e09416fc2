import type { Rollout, SubjectLists } from '../catalog/catalog.js';
import { bucketOf, BUCKETS } from './bucket.js';
import { subjectId, type Subjects } from './subject.js';

/**
 * Whether a rollout includes the subject: exclude before include before bucket. Only asked of subjects whose plan
 * includes the feature, so the percent is of the eligible. Raising the percent never drops anyone: the included buckets
 * only grow.
 * A subject that is needed but absent (a user, in a scheduled job) is not included.
 */
export function isRolledOut(
  featureKey: string,
  rollout: Rollout | null,
  subjects: Subjects,
  plan: string,
): boolean {
  if (rollout === null) return true;
  if (isListed(rollout.exclude, subjects)) return false;
  if (isListed(rollout.include, subjects)) return true;
  const id = subjectId(rollout.subject, subjects);
  return id !== null && bucketOf(featureKey, id) < (percentOf(rollout, plan) * BUCKETS) / 100;
}

function percentOf({ percent, percentByPlan }: Rollout, plan: string): number {
  return Object.hasOwn(percentByPlan, plan) ? (percentByPlan[plan] ?? percent) : percent;
}

function isListed(lists: SubjectLists, { ownerId, organizationId, userId }: Subjects): boolean {
  return (
    (lists.owners?.includes(ownerId) ?? false) ||
    (organizationId !== null && (lists.organizations?.includes(organizationId) ?? false)) ||
    (userId !== null && (lists.users?.includes(userId) ?? false))
  );
}
