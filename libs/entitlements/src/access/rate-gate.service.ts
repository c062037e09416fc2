import { type ExecutionContext, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '@tollgate/kernel';
import type { Feature } from '../catalog/catalog.js';
import type { Allowed, Denied } from '../decisions/decision.js';
import { denialMessage } from '../decisions/denial-message.js';
import { countedRates } from '../rates/counted-rates.js';
import { rateLimitHeaders } from '../rates/rate-limit-headers.js';
import { RateStore } from '../rates/rate-store.js';
import type { AccessContext } from './access-context.js';

/** The sixth layer, for requests that the first five let pass: one token of each rate, or of none. */
@Injectable()
export class RateGate {
  constructor(
    private readonly store: RateStore,
    private readonly clock: Clock,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /**
   * Spends the feature's rates and tells the client how they stand by the `RateLimit` headers; null when there is
   * room, else the denial.
   *
   * @throws UnavailableError `rates_unavailable` when nobody can count
   */
  async spend(
    execution: ExecutionContext,
    context: AccessContext,
    feature: Feature,
    decision: Allowed,
  ): Promise<Denied | null> {
    const { principal, organizationId, userId } = context;
    const apiKeyId = principal?.kind === 'api_key' ? principal.keyId : null;
    const rates = countedRates(feature, { ownerId: decision.ownerId, organizationId, userId, apiKeyId });
    if (rates.length === 0) return null;
    const verdict = await this.store.spend(rates, this.clock.now());
    const named = verdict.rates.map((state, index) => ({ ...state, name: rates[index]?.name ?? state.key }));
    this.tell(execution, rateLimitHeaders(named));
    return verdict.allowed ? null : limited(decision, verdict.retryAfterSeconds);
  }

  private tell(execution: ExecutionContext, headers: Readonly<Record<string, string>>): void {
    const response = execution.switchToHttp().getResponse<object>();
    for (const [name, value] of Object.entries(headers))
      this.adapter.httpAdapter.setHeader(response, name, value);
  }
}

function limited({ feature, ownerId, plan }: Allowed, retryAfter: number): Denied {
  const reason = 'rate_limited';
  return { allowed: false, feature, ownerId, plan, reason, message: denialMessage(reason), retryAfter };
}
