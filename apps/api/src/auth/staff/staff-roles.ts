/** Everything that a member of staff may be allowed to do; named `<resource>.<action>`. */
export const STAFF_PERMISSIONS = [
  'tenants.read',
  'tenants.plan.give',
  'tenants.override.make',
  'tenants.subscription.change',
  'catalog.read',
  'catalog.edit',
  'inbox.read',
  'inbox.replay',
  'jobs.read',
  'audit.read',
  'staff.read',
  'staff.edit',
  'service_keys.manage',
] as const;

/** See {@link STAFF_PERMISSIONS}. */
export type StaffPermission = (typeof STAFF_PERMISSIONS)[number];

const READING = STAFF_PERMISSIONS.filter((name) => name.endsWith('.read') && name !== 'staff.read');

/** What each role may do. Nothing follows from a role except what stands in its list. */
export const STAFF_ROLES = {
  viewer: READING,
  support: [...READING, 'tenants.plan.give', 'tenants.override.make'],
  billing: [
    ...READING,
    'tenants.plan.give',
    'tenants.override.make',
    'tenants.subscription.change',
    'inbox.replay',
  ],
  catalog: [...READING, 'catalog.edit'],
  admin: STAFF_PERMISSIONS,
} as const satisfies Readonly<Record<string, readonly StaffPermission[]>>;

/** See {@link STAFF_ROLES}. */
export type StaffRole = keyof typeof STAFF_ROLES;

/** The permissions of a role as it stands in a row; a role that no longer exists may do nothing. */
export function permissionsOf(role: string): readonly StaffPermission[] {
  return Object.hasOwn(STAFF_ROLES, role) ? STAFF_ROLES[role as StaffRole] : [];
}
