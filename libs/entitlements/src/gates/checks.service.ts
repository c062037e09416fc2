import { Injectable } from '@nestjs/common';
import { isAway } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import type { AskedFor } from '../decisions/decision-entry.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { traceOf } from '../decisions/decision-trace.js';
import type { Decision } from '../decisions/decision.js';
import type { Layer } from '../decisions/layer.js';
import { LimitedDecisions, type PreviewOptions } from '../decisions/limited-decisions.service.js';
import { unavailable } from '../decisions/stale-answer.js';
import { DecisionLog } from './decision-log.service.js';
import { FeatureGate } from './feature-gate.service.js';
import type { GateAnswer } from './gate-answer.js';
import { RateGate } from './rate-gate.service.js';
import { withRates } from './told-rates.js';

/** What is asked beyond the feature. */
export interface CheckOptions extends PreviewOptions {
  /** Whether to list what became of all seven layers; for staff and service keys only. */
  readonly trace?: boolean;
}

/** The answer of the first six layers, with the one that could not be asked if it is `unavailable`. */
interface Rated extends GateAnswer {
  readonly away: Layer;
}

/** Answers that count nothing: previews of all seven layers. */
@Injectable()
export class Checks {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly limited: LimitedDecisions,
    private readonly rates: RateGate,
    private readonly gate: FeatureGate,
    private readonly log: DecisionLog,
  ) {}

  /** Layers one to five. */
  async layersToFive(context: AccessContext, feature: string): Promise<Decision> {
    return this.given('check', context, await this.decisions.decide(context, feature));
  }

  /** Layers one to five and seven. */
  async limit(context: AccessContext, feature: string): Promise<Decision> {
    return this.given('check', context, await this.limited.preview(context, feature));
  }

  /** All seven layers; rates are spent, units are not counted. */
  async require(context: AccessContext, feature: string, options?: PreviewOptions): Promise<Decision> {
    const { decision } = await this.gate.weigh(context, [feature]);
    const last = decision.allowed ? await this.limited.preview(context, feature, options) : decision;
    return this.given('require', context, last);
  }

  /** All seven layers; rates are looked at and not spent. */
  async check(context: AccessContext, feature: string, options: CheckOptions = {}): Promise<Decision> {
    const rated = await this.afterRates(context, feature);
    const decision = rated.decision.allowed
      ? await this.limited.preview(context, feature, options)
      : rated.decision;
    this.given('check', context, decision);
    const told = options.trace ? { ...decision, trace: this.trace(decision, feature, rated.away) } : decision;
    return withRates(told, rated.limits);
  }

  /** Layers one to five and seven of many features for many callers: one reading for each kind of count. */
  async checkMany(contexts: readonly AccessContext[], features: readonly string[]): Promise<Decision[][]> {
    const decided = await this.limited.previewMany(contexts, features);
    for (const [place, context] of contexts.entries())
      for (const decision of decided[place] ?? []) this.given('many', context, decision);
    return decided;
  }

  /** Layers one to five and seven of every feature of the catalog. */
  async snapshot(context: AccessContext): Promise<ReadonlyMap<string, Decision>> {
    const features = this.decisions.features();
    const [answers = []] = await this.checkMany([context], features);
    return new Map(answers.map((decision) => [decision.feature, decision]));
  }

  private async afterRates(context: AccessContext, feature: string): Promise<Rated> {
    const decision = await this.decisions.decide(context, feature);
    const definition = this.decisions.feature(feature);
    // Without an owner nobody could say who pays; with one, what the owner holds could not be confirmed.
    const away = decision.ownerId === undefined ? 'owner' : 'plan';
    if (!decision.allowed || !definition) return { decision, limits: [], away };
    try {
      const { denied, limits } = await this.rates.peek(context, [{ feature: definition, decision }]);
      return { decision: denied ?? decision, limits, away: 'limit' };
    } catch (error) {
      if (!isAway(error)) throw error;
      return { decision: unavailable(feature, decision.ownerId), limits: [], away: 'rate' };
    }
  }

  private given(askedFor: AskedFor, context: AccessContext, decision: Decision): Decision {
    this.log.note(askedFor, context, decision);
    return decision;
  }

  private trace(decision: Decision, feature: string, away: Layer): Decision['trace'] {
    const definition = this.decisions.feature(feature);
    const hasLimit = definition !== undefined && definition.kind !== 'flag';
    return traceOf(decision, { rate: (definition?.rates.length ?? 0) > 0, limit: hasLimit }, away);
  }
}
