import { Injectable } from '@nestjs/common';
import { type Tenant, type TenantFilter, Tenants, UserDirectory } from '@tollgate/billing';
import { Assignments, Catalogs } from '@tollgate/entitlements';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import { pageOf } from './page.js';
import { type TenantRow, tenantRow } from './tenant-row.js';
import type { TenantQuery } from './tenant.schemas.js';

const MOST_MATCHES = 500;

/** The list of tenants, with names from the host's users and plans from the assignments in force. */
@Injectable()
export class TenantList {
  constructor(
    private readonly tenants: Tenants,
    private readonly users: UserDirectory,
    private readonly assignments: Assignments,
    private readonly catalogs: Catalogs,
    private readonly clock: Clock,
    private readonly transactions: TransactionRunner,
  ) {}

  /** One page and the way to the next. */
  async page(query: TenantQuery): Promise<object> {
    const { reader } = this.transactions;
    const filter = await this.filterOf(query);
    const found = await this.tenants.list(reader, filter, {
      after: query.after ?? null,
      limit: query.limit + 1,
    });
    const { page, pageInfo } = pageOf(found, query.limit, ({ id }) => id);
    return { data: await this.rows(page), pageInfo };
  }

  /** The row of one tenant; null when there is none. */
  async one(ownerId: string): Promise<TenantRow | null> {
    const tenant = await this.tenants.find(this.transactions.reader, ownerId);
    const [row] = tenant ? await this.rows([tenant]) : [];
    return row ?? null;
  }

  private async rows(page: readonly Tenant[]): Promise<TenantRow[]> {
    const held = await this.assignments.ofOwners(
      this.transactions.reader,
      page.map((tenant) => tenant.id),
    );
    const contacts = await this.users.find(page.map((tenant) => tenant.userId));
    const at = this.clock.now();
    return page.map((tenant) =>
      tenantRow(tenant, {
        catalog: this.catalogs.current(),
        assignments: held.get(tenant.id) ?? [],
        contact: contacts.get(tenant.userId),
        at,
      }),
    );
  }

  private async filterOf({ q, plan, status }: TenantQuery): Promise<TenantFilter> {
    return {
      ...(status && { status }),
      ...(q && { search: { text: q, userIds: await this.users.search(q, MOST_MATCHES) } }),
      ...(plan && (await this.byPlan(plan))),
    };
  }

  /** Holders of a plan that is assigned; of the default plan, everybody who holds no other. */
  private async byPlan(plan: string): Promise<TenantFilter> {
    const { plans, defaultPlan } = this.catalogs.current();
    const { reader } = this.transactions;
    if (plan !== defaultPlan) {
      return { onlyOwners: await this.assignments.ownersHolding(reader, [plan], this.clock.now()) };
    }
    const others = [...plans.keys()].filter((key) => key !== defaultPlan);
    return { exceptOwners: await this.assignments.ownersHolding(reader, others, this.clock.now()) };
  }
}
