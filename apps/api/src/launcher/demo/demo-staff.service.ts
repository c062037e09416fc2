import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { StaffMembers } from '../../auth/staff/staff-members.repository.js';
import { DEMO_STAFF } from './demo-people.js';

/** The demo member of staff, who may do everything. */
@Injectable()
export class DemoStaff {
  constructor(
    private readonly members: StaffMembers,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Makes the member, or gives them the new password; either way earlier sessions end. */
  async renew(password: string): Promise<void> {
    const member = await this.members.byEmail(DEMO_STAFF.email);
    await this.transactions.run(async (tx) => {
      if (member) await this.members.setPassword(tx, member.id, password);
      else await this.members.create(tx, { ...DEMO_STAFF, role: 'admin', password });
    });
  }
}
