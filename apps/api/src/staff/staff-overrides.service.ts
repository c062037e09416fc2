import { Injectable } from '@nestjs/common';
import { BillingOwners } from '@tollgate/billing';
import { Overrides, type OverrideValue } from '@tollgate/entitlements';
import { AuditLog, NotFoundError, principalName, TransactionRunner } from '@tollgate/kernel';
import type { MakeOverrideForm } from './override.schemas.js';
import type { StaffAct } from './staff-act.js';

/** Overrides as staff make and end them: with the owner locked, and an audit row in the same transaction. */
@Injectable()
export class StaffOverrides {
  constructor(
    private readonly owners: BillingOwners,
    private readonly overrides: Overrides,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws NotFoundError for an unknown owner, and what {@link Overrides.make} throws */
  async make(ownerId: string, form: MakeOverrideForm, { actor, requestId }: StaffAct): Promise<string> {
    const { feature, reason, until } = form;
    const value: OverrideValue = form.enabled
      ? { enabled: true, limit: form.limit === null ? null : BigInt(form.limit) }
      : { enabled: false };
    return this.transactions.run(async (tx) => {
      if (!(await this.owners.lock(tx, ownerId))) throw new NotFoundError('Tenant');
      const to = until === null ? null : new Date(until);
      const author = principalName(actor);
      const id = await this.overrides.make(tx, { ownerId, feature, value, to, reason, author });
      await this.audit.record(tx, {
        actor,
        requestId,
        ownerId,
        reason,
        action: 'override.made',
        subject: { type: 'override', id },
        after: { feature, enabled: form.enabled, limit: form.limit, until },
      });
      return id;
    });
  }

  /** @throws NotFoundError when this owner has no such override, or it has ended */
  async end(ownerId: string, id: string, reason: string, { actor, requestId }: StaffAct): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.owners.lock(tx, ownerId);
      await this.overrides.end(tx, ownerId, id);
      const subject = { type: 'override', id };
      await this.audit.record(tx, { actor, requestId, ownerId, reason, action: 'override.ended', subject });
    });
  }
}
