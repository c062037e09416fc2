import { Injectable } from '@nestjs/common';
import type { AccessContext } from '../access/access-context.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Decision } from '../decisions/decision.js';
import { LimitedDecisions } from '../decisions/limited-decisions.service.js';
import { DecisionLog } from './decision-log.service.js';

/** The gate of `@WithinCeiling`: holds the size of one thing against the largest that the plan allows. */
@Injectable()
export class CeilingGate {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly limited: LimitedDecisions,
    private readonly log: DecisionLog,
  ) {}

  /** Layers one to five, before anything is known of the size. A yes is only given by {@link within}. */
  async ask(context: AccessContext, feature: string): Promise<Decision> {
    const decision = await this.decisions.decide(context, feature);
    if (!decision.allowed) this.log.note('door', context, decision);
    return decision;
  }

  /** The whole decision about a thing of this size. */
  async within(context: AccessContext, feature: string, size: bigint): Promise<Decision> {
    const decision = await this.limited.preview(context, feature, { quantity: size });
    this.log.note('door', context, decision);
    return decision;
  }
}
