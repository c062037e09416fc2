import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import type { SubscriptionStatus } from '../providers/provider-subscription.js';

/** A billing owner as staff list them. */
export interface Tenant {
  readonly id: string;
  readonly userId: string;
  readonly status: SubscriptionStatus;
  readonly provider: ProviderName;
  readonly cancelAt: Date | null;
  readonly currentPeriodEnd: Date | null;
  readonly organizationCount: number;
  readonly createdAt: Date;
}

/** Which tenants to list; what is left out does not narrow. */
export interface TenantFilter {
  readonly status?: SubscriptionStatus;
  /** Any of these users, or an organization whose name contains `text`, or a provider id equal to it. */
  readonly search?: { readonly text: string; readonly userIds: readonly string[] };
  readonly onlyOwners?: readonly string[];
  readonly exceptOwners?: readonly string[];
}

const SELECT = `
  select o.id, o.user_id as "userId", s.status, s.provider, s.cancel_at as "cancelAt",
    s.current_period_end as "currentPeriodEnd", o.created_at as "createdAt",
    (select count(*)::int from organization g where g.billing_owner_id = o.id) as "organizationCount"
  from billing_owner o join subscription s on s.owner_id = o.id`;

/** The back office's view of owners: pages by key, newest first (owner ids sort by time). */
@Injectable()
export class Tenants {
  /** Up to `limit` tenants that come after the id `after`. */
  async list(
    reader: Transaction,
    filter: TenantFilter,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<Tenant[]> {
    return reader.query<Tenant[]>(
      `${SELECT}
       where ($1::uuid is null or o.id < $1)
         and ($2::text is null or s.status = $2)
         and ($3::text is null or o.user_id = any($4) or s.provider_customer_id = $3 or s.provider_subscription_id = $3
           or o.id::text = $3
           or exists (select from organization g where g.billing_owner_id = o.id and g.name ilike '%' || $5 || '%'))
         and ($6::uuid[] is null or o.id = any($6))
         and ($7::uuid[] is null or o.id <> all($7))
       order by o.id desc limit $8`,
      [
        page.after,
        filter.status ?? null,
        filter.search?.text ?? null,
        filter.search?.userIds ?? [],
        filter.search?.text.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
        filter.onlyOwners ?? null,
        filter.exceptOwners ?? null,
        page.limit,
      ],
    );
  }

  /** One tenant; null when there is none. */
  async find(reader: Transaction, ownerId: string): Promise<Tenant | null> {
    const [row] = await reader.query<Tenant[]>(`${SELECT} where o.id = $1`, [ownerId]);
    return row ?? null;
  }
}
