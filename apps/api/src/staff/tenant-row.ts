import type { Tenant, UserContact } from '@tollgate/billing';
import { type Assignment, type Catalog, planInForce } from '@tollgate/entitlements';

/** What a row shows beside the tenant itself. */
export interface TenantFacts {
  readonly catalog: Catalog;
  readonly assignments: readonly Assignment[];
  readonly contact: UserContact | undefined;
  readonly at: Date;
}

/** A tenant as the staff API answers it: instants as ISO strings, `plan` the one in force. */
export interface TenantRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly plan: string;
  readonly planName: string;
  readonly status: string;
  readonly provider: string;
  readonly source: string;
  readonly cancelAt: string | null;
  readonly currentPeriodEnd: string | null;
  readonly organizationCount: number;
  readonly createdAt: string;
}

/** Puts a tenant's row together as of `at`. */
export function tenantRow(tenant: Tenant, { catalog, assignments, contact, at }: TenantFacts): TenantRow {
  const { plan, source } = planInForce(catalog, assignments, at);
  return {
    id: tenant.id,
    userId: tenant.userId,
    name: contact?.name ?? null,
    email: contact?.email ?? null,
    plan: plan?.key ?? catalog.defaultPlan,
    planName: plan?.name ?? catalog.defaultPlan,
    status: tenant.status,
    provider: tenant.provider,
    source,
    cancelAt: tenant.cancelAt?.toISOString() ?? null,
    currentPeriodEnd: tenant.currentPeriodEnd?.toISOString() ?? null,
    organizationCount: tenant.organizationCount,
    createdAt: tenant.createdAt.toISOString(),
  };
}
