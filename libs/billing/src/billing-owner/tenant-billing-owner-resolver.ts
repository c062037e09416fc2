import { Injectable } from '@nestjs/common';
import {
  BillingOwnerResolver,
  type BillingSubject,
  type KnownAccount,
  type OwnerFactsReader,
} from '@tollgate/entitlements';

/**
 * Who pays: a user for the personal space, an organization's billing owner for the organization. Only active members
 * may act in an organization, whatever their role.
 */
@Injectable()
export class TenantBillingOwnerResolver extends BillingOwnerResolver {
  override accounts(
    subjects: readonly BillingSubject[],
    facts: OwnerFactsReader,
  ): Promise<(KnownAccount | null)[]> {
    const wanted = subjects.map((subject, place) => ({ place, ...columnsOf(subject) }));
    return facts.joined(ACCOUNTS, [JSON.stringify(wanted)], subjects.length);
  }
}

const ACCOUNTS = `
  select w.place as subject, b.id as owner_id, b.created_at as since, o.id as organization_id,
    coalesce((select array_agg(m.user_id) from membership m
              where m.organization_id = o.id and m.state = 'active'), '{}') as member_ids
  from jsonb_to_recordset($1::jsonb) as w (place integer, user_id text, organization_id uuid, owner_id uuid)
  left join organization o on o.id = w.organization_id
  join billing_owner b on b.user_id = w.user_id or b.id = coalesce(o.billing_owner_id, w.owner_id)`;

function columnsOf(subject: BillingSubject): object {
  switch (subject.kind) {
    case 'user':
      return { user_id: subject.userId };
    case 'organization':
      return { organization_id: subject.organizationId };
    case 'owner':
      return { owner_id: subject.ownerId };
  }
}
