import { type ExecutionContext, Injectable } from '@nestjs/common';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { AccessContexts } from './access-contexts.service.js';
import { Denials } from './denials.service.js';

/** The gate of `@RequiresFeature`: layers one to five, nothing is counted. */
@Injectable()
export class FeatureGate {
  constructor(
    private readonly contexts: AccessContexts,
    private readonly decisions: DecisionMaker,
    private readonly denials: Denials,
  ) {}

  /** Lets the request pass, or throws the denial. */
  async pass(execution: ExecutionContext, feature: string): Promise<void> {
    const decision = this.decisions.decide(await this.contexts.of(execution), feature);
    if (!decision.allowed) throw this.denials.ofRequest(execution, decision);
  }
}
