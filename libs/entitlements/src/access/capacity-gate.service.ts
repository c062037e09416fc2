import { type ExecutionContext, Injectable } from '@nestjs/common';
import { CapacityCounters } from '@tollgate/usage';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Denied } from '../decisions/decision.js';
import type { AccessContext } from './access-context.js';
import { AccessContexts } from './access-contexts.service.js';
import { CapacityClaim, type ClaimedCapacity } from './capacity-claim.js';
import { Denials } from './denials.service.js';

/** The gate of `@WithinCapacity`: refuses early, and leaves the claim that enforces for the handler. */
@Injectable()
export class CapacityGate {
  constructor(
    private readonly contexts: AccessContexts,
    private readonly decisions: DecisionMaker,
    private readonly counters: CapacityCounters,
    private readonly denials: Denials,
  ) {}

  /** The claim of a request while there is room for one more of each feature; throws the denial otherwise. */
  async claim(execution: ExecutionContext, features: readonly string[]): Promise<CapacityClaim> {
    const context = await this.contexts.of(execution);
    const claimed: ClaimedCapacity[] = [];
    for (const feature of features) {
      const capacity = await this.room(execution, context, feature);
      if (capacity) claimed.push(capacity);
    }
    const place = { ownerId: context.owner?.ownerId ?? '', organizationId: context.organizationId };
    const denied = (decision: Denied): Error => this.denials.exception(decision);
    return new CapacityClaim(this.counters, denied, place, claimed);
  }

  /** What to claim of one feature; null where its limit does not apply: per organization, in the personal space. */
  private async room(
    execution: ExecutionContext,
    context: AccessContext,
    feature: string,
  ): Promise<ClaimedCapacity | null> {
    const countedBy = this.decisions.feature(feature)?.countedBy ?? 'owner';
    if (countedBy === 'organization' && context.owner && context.organizationId === null) return null;
    const decision = await this.decisions.decideWithStanding(context, feature);
    if (!decision.allowed) throw this.denials.ofRequest(execution, decision);
    return { feature, countedBy, plan: decision.plan, limit: BigInt(decision.limit ?? 0) };
  }
}
