import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Denied } from '../decisions/decision.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions } from '../entitlements.options.js';
import { AccessDeniedException } from './access-denied.exception.js';

/** Turns denials into exceptions, and their waiting times into headers, on whatever HTTP adapter is in use. */
@Injectable()
export class Denials {
  constructor(
    private readonly adapter: HttpAdapterHost,
    @Inject(ENTITLEMENTS_OPTIONS) private readonly options: EntitlementsOptions,
  ) {}

  /** The exception of a denial. */
  exception(decision: Denied): AccessDeniedException {
    return new AccessDeniedException(decision, this.options);
  }

  /** The exception of a denied request; sets `Retry-After` (whole seconds) on its response. */
  ofRequest(execution: ExecutionContext, decision: Denied): AccessDeniedException {
    if (decision.retryAfter !== undefined) {
      const response = execution.switchToHttp().getResponse<object>();
      this.adapter.httpAdapter.setHeader(response, 'Retry-After', String(decision.retryAfter));
    }
    return this.exception(decision);
  }
}
