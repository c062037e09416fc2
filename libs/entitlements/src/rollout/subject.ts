import type { SubjectKind } from '../catalog/catalog.js';

/** Who makes a call, for each kind of subject. Null where there is none, as the user of a scheduled job. */
export interface Subjects {
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/** The id of the subject that a rollout or a rate looks at; null when the call has none of that kind. */
export function subjectId(kind: SubjectKind, { ownerId, organizationId, userId }: Subjects): string | null {
  switch (kind) {
    case 'owner':
      return ownerId;
    case 'organization':
      return organizationId;
    case 'user':
      return userId;
  }
}
