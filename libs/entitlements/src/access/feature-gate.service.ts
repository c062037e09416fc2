import { type ExecutionContext, Injectable } from '@nestjs/common';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { AccessContexts } from './access-contexts.service.js';
import { Denials } from './denials.service.js';
import { RateGate } from './rate-gate.service.js';

/** The gate of `@RequiresFeature`: layers one to six; no unit of a quota is counted. */
@Injectable()
export class FeatureGate {
  constructor(
    private readonly contexts: AccessContexts,
    private readonly decisions: DecisionMaker,
    private readonly rates: RateGate,
    private readonly denials: Denials,
  ) {}

  /** Lets the request pass, or throws the denial. */
  async pass(execution: ExecutionContext, feature: string): Promise<void> {
    const context = await this.contexts.of(execution);
    const decision = this.decisions.decide(context, feature);
    if (!decision.allowed) throw this.denials.ofRequest(execution, decision);
    const definition = this.decisions.feature(feature);
    if (!definition || definition.rates.length === 0) return;
    const limited = await this.rates.spend(execution, context, definition, decision);
    if (limited) throw this.denials.ofRequest(execution, limited);
  }
}
