import type { TenantRow } from '../api/staff-api.js';

/** What to call a tenant: the host may know no name, or no e-mail address. */
export function tenantName({ name, email, userId }: Pick<TenantRow, 'name' | 'email' | 'userId'>): string {
  return name || email || userId;
}
