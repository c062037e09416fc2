import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { BILLABLE_ROLES } from './billable-member.js';

/** Places taken by billable members. */
@Injectable()
export class Seats {
  /**
   * How many seats an owner uses: distinct billable users over all organizations the owner pays for, and the
   * owner, who always counts.
   */
  async used(reader: Transaction, ownerId: string): Promise<number> {
    const [row] = await reader.query<{ count: number }[]>(
      `select count(*)::int as count from (
         select user_id from billing_owner where id = $1
         union
         select m.user_id from membership m join organization o on o.id = m.organization_id
         where o.billing_owner_id = $1 and m.state = 'active' and m.role = any($2)) as billable`,
      [ownerId, [...BILLABLE_ROLES]],
    );
    return row?.count ?? 0;
  }
}
