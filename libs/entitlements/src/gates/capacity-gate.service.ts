import { Injectable } from '@nestjs/common';
import { CapacityCounters } from '@tollgate/usage';
import type { AccessContext } from '../access/access-context.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Decision, Denied } from '../decisions/decision.js';
import { LimitedDecisions } from '../decisions/limited-decisions.service.js';
import { CapacityClaim, type ClaimedCapacity } from './capacity-claim.js';
import { DecisionLog } from './decision-log.service.js';
import { Denials } from './denials.service.js';

/** The gate of `@WithinCapacity`: refuses early, and leaves the claim that enforces for the handler. */
@Injectable()
export class CapacityGate {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly limited: LimitedDecisions,
    private readonly counters: CapacityCounters,
    private readonly denials: Denials,
    private readonly log: DecisionLog,
  ) {}

  /** The claim while there is room for one more of each feature, else the first denial. */
  async claim(context: AccessContext, features: readonly string[]): Promise<CapacityClaim | Denied> {
    const claimed: ClaimedCapacity[] = [];
    for (const feature of features) {
      const countedBy = this.decisions.feature(feature)?.countedBy ?? 'owner';
      // A limit for each organization does not apply in the personal space.
      if (countedBy === 'organization' && context.owner && context.organizationId === null) continue;
      const decision = await this.limited.preview(context, feature);
      this.log.note('door', context, decision);
      if (!decision.allowed) return decision;
      claimed.push({ feature, countedBy, limit: limitOf(decision), decision });
    }
    const place = { ownerId: context.owner?.ownerId ?? '', organizationId: context.organizationId };
    const denied = (decision: Denied): Error => {
      this.log.note('door', context, decision);
      return this.denials.exception(decision);
    };
    return new CapacityClaim(this.counters, denied, place, claimed);
  }
}

function limitOf({ limit }: Decision): bigint {
  return BigInt(limit ?? 0);
}
