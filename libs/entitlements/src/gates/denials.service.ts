import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Allowed, Decision, Denied } from '../decisions/decision.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions } from '../entitlements.options.js';
import { rateLimitHeaders, type ServiceLimit } from '../rates/rate-limit-headers.js';
import { AccessDeniedException } from './access-denied.exception.js';

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
  exception(decision: Denied): AccessDeniedException {
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

  /** The same for a request (null: there is none), whose client is told the limits and when to come back. */
  insistFor(
    execution: ExecutionContext | null,
    decision: Decision,
    limits: readonly ServiceLimit[] = [],
  ): Allowed {
    if (execution) this.tell(execution, decision, limits);
    return this.insist(decision);
  }

  private tell(execution: ExecutionContext, decision: Decision, limits: readonly ServiceLimit[]): void {
    const response = execution.switchToHttp().getResponse<object>();
    const all = [...(this.told.get(response) ?? []), ...limits];
    this.told.set(response, all);
    for (const [name, value] of Object.entries({ ...rateLimitHeaders(all), ...retryAfter(decision) }))
      this.adapter.httpAdapter.setHeader(response, name, value);
  }
}

/** Whole seconds. */
function retryAfter(decision: Decision): Record<string, string> {
  return decision.allowed || decision.retryAfter === undefined
    ? {}
    : { 'Retry-After': String(decision.retryAfter) };
}
