import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import type { Feature } from '../catalog/catalog.js';
import type { Allowed, Denied } from '../decisions/decision.js';
import { denialMessage } from '../decisions/denial-message.js';
import { countedRates, type NamedRate } from '../rates/counted-rates.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';
import { RateStore, type RateVerdict } from '../rates/rate-store.js';

/** A feature that the first five layers let pass. */
export interface RatedFeature {
  readonly feature: Feature;
  readonly decision: Allowed;
}

/** What the sixth layer says: null when there is room, else the denial. */
export interface RateAnswer {
  readonly denied: Denied | null;
  readonly limits: readonly ServiceLimit[];
}

/** A rate with the decision that it may turn. */
interface RateOfFeature extends NamedRate {
  readonly decision: Allowed;
}

const NO_RATES: RateAnswer = { denied: null, limits: [] };

/** The sixth layer, for callers whom the first five let pass: one token of each rate, or of none. */
@Injectable()
export class RateGate {
  constructor(
    private readonly store: RateStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Spends the rates of all these features, or of none.
   *
   * @throws UnavailableError `rates_unavailable` when nobody can count
   */
  async spend(context: AccessContext, features: readonly RatedFeature[]): Promise<RateAnswer> {
    const rates = features.flatMap((one) => ratesOf(context, one));
    if (rates.length === 0) return NO_RATES;
    return answerOf(rates, await this.store.spend(rates, this.clock.now()));
  }

  /** What {@link spend} would say; spends nothing. */
  async peek(context: AccessContext, features: readonly RatedFeature[]): Promise<RateAnswer> {
    const rates = features.flatMap((one) => ratesOf(context, one));
    if (rates.length === 0) return NO_RATES;
    return answerOf(rates, await this.store.peek(rates, this.clock.now()));
  }
}

function ratesOf(
  { principal, organizationId, userId }: AccessContext,
  { feature, decision }: RatedFeature,
): readonly RateOfFeature[] {
  if (feature.rates.length === 0) return [];
  const apiKeyId = principal?.kind === 'api_key' ? principal.keyId : null;
  const { ownerId } = decision;
  return countedRates(feature, { ownerId, organizationId, userId, apiKeyId }).map((rate) => ({
    ...rate,
    decision,
  }));
}

function answerOf(rates: readonly RateOfFeature[], verdict: RateVerdict): RateAnswer {
  const limits = verdict.rates.map((state, index) => ({ ...state, name: rates[index]?.name ?? state.key }));
  const refusing = verdict.allowed ? undefined : rates.find(({ key }) => key === verdict.refusedKey);
  if (verdict.allowed || !refusing) return { denied: null, limits };
  const { feature, ownerId, plan } = refusing.decision;
  const reason = 'rate_limited';
  const about = { allowed: false, feature, ownerId, plan, reason } as const;
  return {
    denied: { ...about, message: denialMessage(reason), retryAfter: verdict.retryAfterSeconds },
    limits,
  };
}
