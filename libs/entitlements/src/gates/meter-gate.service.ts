import { Injectable } from '@nestjs/common';
import type { AccessContext } from '../access/access-context.js';
import type { ChargeOn } from '../catalog/catalog.js';
import type { AskedFor } from '../decisions/decision-entry.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { Consumption, type Counted, type CountingMode, type WantedUnits } from './consumption.service.js';
import { DecisionLog } from './decision-log.service.js';
import { FeatureGate } from './feature-gate.service.js';
import type { GateAnswer } from './gate-answer.js';

/** The gate of `@Consumes`: layers one to six before the handler is chosen, the units right before it runs. */
@Injectable()
export class MeterGate {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly features: FeatureGate,
    private readonly consumption: Consumption,
    private readonly log: DecisionLog,
  ) {}

  /** Layers one to six of every feature; the first that refuses answers. A yes is only given by {@link count}. */
  async ask(
    context: AccessContext,
    features: readonly string[],
    askedFor: AskedFor = 'door',
  ): Promise<GateAnswer> {
    const answer = await this.features.weigh(context, features);
    if (!answer.decision.allowed) this.log.note(askedFor, context, answer.decision);
    return answer;
  }

  /** Counts or holds the units. */
  async count(
    context: AccessContext,
    wanted: readonly WantedUnits[],
    mode: CountingMode,
    askedFor: AskedFor = 'door',
  ): Promise<Counted> {
    const counted = await this.consumption.count(context, wanted, mode);
    // Of several quotas that do not all fit, one has refused all.
    const given = counted.decision.allowed ? counted.decisions : [counted.decision];
    for (const decision of given) this.log.note(askedFor, context, decision);
    return counted;
  }

  /** When a feature's units are charged: `attempt` as soon as one of several says so. */
  chargeOn(features: readonly string[]): ChargeOn {
    return features.some((key) => this.decisions.feature(key)?.chargeOn === 'attempt')
      ? 'attempt'
      : 'success';
  }

  /** Keeps `actual` of the held units (by feature; null: all) and gives the rest back. */
  commit(
    grantId: string,
    actual: ReadonlyMap<string, bigint> | null = null,
  ): ReturnType<Consumption['commit']> {
    return this.consumption.commit(grantId, actual);
  }

  /** Gives held units back. */
  release(grantId: string): ReturnType<Consumption['release']> {
    return this.consumption.release(grantId);
  }
}
