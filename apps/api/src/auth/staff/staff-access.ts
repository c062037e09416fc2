import type { StaffPermission } from './staff-roles.js';

/** What a staff route asks of its caller: a permission, only a session, or nothing because it makes the session. */
export type StaffAccess = StaffPermission | 'any_member' | 'sign_in';

/** Metadata key of {@link StaffAccess}. */
export const STAFF_ACCESS = 'tollgate:staff-access';
