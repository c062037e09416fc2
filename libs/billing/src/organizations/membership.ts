/** What a member may do; `billing` sees invoices, portal and seats, `viewer` only looks. */
export const MEMBERSHIP_ROLES = ['owner', 'admin', 'member', 'billing', 'viewer'] as const;

/** See {@link MEMBERSHIP_ROLES}. */
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

/** Only `active` members have access; the others hold or wait for a place. */
export type MembershipState = 'active' | 'suspended' | 'awaiting_seat' | 'declined';
