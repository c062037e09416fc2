import { Injectable } from '@nestjs/common';
import { UnavailableError } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Allowed } from '../decisions/decision.js';
import { unavailable } from '../decisions/stale-answer.js';
import { DecisionLog } from './decision-log.service.js';
import type { GateAnswer } from './gate-answer.js';
import { RateGate, type RatedFeature } from './rate-gate.service.js';

/** Layers one to six; no unit of a quota is counted. */
@Injectable()
export class FeatureGate {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly rates: RateGate,
    private readonly log: DecisionLog,
  ) {}

  /** The yes that memory alone gives, which it can for a feature without rates; null when {@link ask} has to be asked. */
  passing(context: AccessContext, feature: string): Allowed | null {
    const definition = this.decisions.feature(feature);
    if (definition !== undefined && definition.rates.length > 0) return null;
    const decision = this.decisions.now(context, feature);
    if (!decision?.allowed) return null;
    this.log.note('door', context, decision);
    return decision;
  }

  /** The answer, with the feature's rates spent if the first five layers let pass. */
  async ask(context: AccessContext, feature: string): Promise<GateAnswer> {
    const answer = await this.weigh(context, [feature]);
    this.log.note('door', context, answer.decision);
    return answer;
  }

  /**
   * The answer about several features, of which the first that refuses answers, else the last: for whoever has more to
   * ask before the decision is given. Rates are spent when the first five layers let pass all of them, and then of all
   * features or of none.
   */
  async weigh(context: AccessContext, features: readonly string[]): Promise<GateAnswer> {
    const rated: RatedFeature[] = [];
    let answer: GateAnswer | null = null;
    for (const key of features) {
      const decision = await this.decisions.decide(context, key);
      if (!decision.allowed) return { decision, limits: [] };
      const feature = this.decisions.feature(key);
      if (feature) rated.push({ feature, decision });
      answer = { decision, limits: [] };
    }
    if (!answer) throw new Error('a gate that asks about nothing');
    try {
      const { denied, limits } = await this.rates.spend(context, rated);
      return { decision: denied ?? answer.decision, limits };
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      const { feature, ownerId } = rated[0]?.decision ?? answer.decision;
      return { decision: unavailable(feature, ownerId), limits: [] };
    }
  }
}
