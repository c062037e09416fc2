import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Allowed, Decision } from '../decisions/decision.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions } from '../entitlements.options.js';
import { rateLimitHeaders, type ServiceLimit } from '../rates/rate-limit-headers.js';
import { AccessDeniedException } from './access-denied.exception.js';
import type { Refusal } from './denial-body.js';

/** Turns denials into exceptions, and limits and waiting times into headers, on whatever HTTP adapter is in use. */
@Injectable()
export class Denials {
  /** What each response says of limits so far: several gates may stand before one handler. */
  private readonly told = new WeakMap<object, readonly ServiceLimit[]>();

  constructor(
    private readonly adapter: HttpAdapterHost,
    @Inject(ENTITLEMENTS_OPTIONS) private readonly options: EntitlementsOptions,
  ) {}

  /** The exception of a denial. */
  exception(decision: Refusal): AccessDeniedException {
    return new AccessDeniedException(decision, this.options);
  }

  /**
   * The allowed decision itself.
   *
   * @throws AccessDeniedException for a denial
   */
  insist(decision: Decision): Allowed {
    if (!decision.allowed) throw this.exception(decision);
    return decision;
  }

  /** The exception of a refusal, for a request whose client is told when to come back. */
  exceptionFor(execution: ExecutionContext, refusal: Refusal): AccessDeniedException {
    this.tell(execution, refusal.retryAfter, []);
    return this.exception(refusal);
  }

  /** The same for a request (null: there is none), whose client is told the limits and when to come back. */
  insistFor(
    execution: ExecutionContext | null,
    decision: Decision,
    limits: readonly ServiceLimit[] = [],
  ): Allowed {
    if (execution) this.tell(execution, decision.allowed ? undefined : decision.retryAfter, limits);
    return this.insist(decision);
  }

  private tell(
    execution: ExecutionContext,
    seconds: number | undefined,
    limits: readonly ServiceLimit[],
  ): void {
    const response = execution.switchToHttp().getResponse<object>();
    const all = [...(this.told.get(response) ?? []), ...limits];
    this.told.set(response, all);
    for (const [name, value] of Object.entries({ ...rateLimitHeaders(all), ...retryAfter(seconds) }))
      this.adapter.httpAdapter.setHeader(response, name, value);
  }
}

/** Whole seconds. */
function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
}
