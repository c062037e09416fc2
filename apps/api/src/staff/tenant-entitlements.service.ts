import { Injectable } from '@nestjs/common';
import { Assignments, Catalogs, type Decision, EntitlementsService } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';

/** What a tenant holds and may do, as the staff API shows it. */
@Injectable()
export class TenantEntitlements {
  constructor(
    private readonly assignments: Assignments,
    private readonly catalogs: Catalogs,
    private readonly entitlements: EntitlementsService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** All assignments, newest first. */
  async assignmentsOf(ownerId: string): Promise<object[]> {
    const { plans } = this.catalogs.current();
    const rows = await this.assignments.ofOwner(this.transactions.reader, ownerId);
    return rows.map(({ id, plan, from, to, source, lapsed }) => ({
      id,
      plan,
      planName: plans.get(plan)?.name ?? plan,
      from: from.toISOString(),
      to: to?.toISOString() ?? null,
      source,
      // The word is for when it ends; without an end there is nothing to say.
      lapsed: to === null ? null : lapsed,
    }));
  }

  /** The decision about every feature, as the user behind the owner would get it in the personal space. */
  async decisionsOf(ownerId: string, userId: string): Promise<object[]> {
    const principal = { kind: 'user', userId } as const;
    const decisions = await this.entitlements.snapshot({ principal, ownerId, organizationId: null });
    const { features } = this.catalogs.current();
    return [...decisions].map(([key, decision]) => rowOf(decision, features.get(key)?.kind ?? 'flag'));
  }
}

function rowOf(decision: Decision, kind: string): object {
  return {
    feature: decision.feature,
    kind,
    allowed: decision.allowed,
    reason: decision.allowed ? null : decision.reason,
    lapsed: decision.allowed ? null : (decision.lapsed ?? null),
    limit: decision.limit?.toString() ?? null,
    used: decision.used?.toString() ?? null,
    plan: decision.plan ?? null,
    source: decision.allowed ? decision.source : null,
  };
}
