import { Injectable } from '@nestjs/common';
import { Assignments, Catalogs, planInForce } from '@tollgate/entitlements';
import {
  AuditLog,
  Clock,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  type Principal,
  type Transaction,
} from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';

/** A plan given by staff, without a provider. */
export interface GivenPlan {
  readonly ownerId: string;
  readonly plan: string;
  /** Exclusive end; null for no end. */
  readonly until: Date | null;
  readonly reason: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** Plans that staff give: an assignment of their own, which no provider event and no reconcile touches. */
@Injectable()
export class GivenPlans {
  constructor(
    private readonly owners: BillingOwners,
    private readonly assignments: Assignments,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the plan from now on, replacing what staff gave before; giving the default plan takes it back.
   *
   * @throws NotFoundError unknown owner
   * @throws InvalidRequestError `plan_unknown`, `until_past`
   * @throws ConflictError `plan_conflict` when the owner holds a higher plan by subscription: it would have no effect
   */
  async give(tx: Transaction, given: GivenPlan): Promise<void> {
    const at = this.clock.now();
    const catalog = this.catalogs.current();
    const plan = catalog.plans.get(given.plan);
    if (!plan) throw new InvalidRequestError('plan_unknown', `There is no plan "${given.plan}"`);
    if (given.until && given.until <= at)
      throw new InvalidRequestError('until_past', 'The end must lie in the future');
    if (!(await this.owners.lock(tx, given.ownerId))) throw new NotFoundError('Tenant');
    const held = await this.assignments.ofOwner(tx, given.ownerId);
    const sold = planInForce(
      catalog,
      held.filter((row) => row.source !== 'staff'),
      at,
    );
    const takesBack = given.plan === catalog.defaultPlan;
    if (!takesBack && sold.plan && sold.plan.rank > plan.rank) {
      throw new ConflictError(
        'plan_conflict',
        `They hold the plan "${sold.plan.name}" already, which includes more`,
      );
    }
    const before = planInForce(catalog, held, at);
    await this.assignments.set(tx, given.ownerId, 'staff', takesBack ? null : desired(given, at), at);
    const after = planInForce(catalog, await this.assignments.ofOwner(tx, given.ownerId), at);
    await this.audit.record(tx, {
      actor: given.actor,
      action: 'plan.given',
      subject: { type: 'billing_owner', id: given.ownerId },
      ownerId: given.ownerId,
      reason: given.reason,
      before: { plan: before.plan?.key, source: before.source },
      after: { plan: after.plan?.key, source: after.source, until: takesBack ? null : given.until },
      requestId: given.requestId,
    });
  }
}

function desired({ plan, until }: GivenPlan, from: Date) {
  return { plan, from, to: until, graceSince: null, lapsed: 'expired' as const, billingAnchor: null };
}
