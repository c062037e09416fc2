import { type CanActivate, type ExecutionContext, Injectable, mixin, type Type } from '@nestjs/common';
import { ConflictError, InvalidRequestError } from '@tollgate/kernel';
import { AccessContexts } from '../access/access-contexts.service.js';
import type { ChargeOn } from '../catalog/catalog.js';
import type { QuotaKey } from '../catalog/registered-catalog.js';
import { HOLD_SECONDS } from '../counting.js';
import { Denials } from '../gates/denials.service.js';
import { MeterGate } from '../gates/meter-gate.service.js';
import { chargeExit } from './charge-exit.js';
import { gated } from './gated-method.js';
import { idempotencyKeyOf } from './idempotency-key.js';

/** How `@Consumes` counts. */
export interface ConsumesOptions<Arguments extends readonly never[]> {
  /** Units for each call, default one; or how many, from the handler's own arguments after pipes. */
  readonly quantity?: number | ((...args: Arguments) => number);
  /** Overrides what the catalog says: `success` gives units back for failures of ours, `attempt` never. */
  readonly chargeOn?: ChargeOn;
  /** How long (seconds of the Clock) units are held for a handler that neither ends nor fails; default 15 minutes. */
  readonly holdSeconds?: number;
}

/**
 * Counts units of quotas, all or none, right before the handler runs; refuses when they do not fit. A request's
 * `Idempotency-Key` makes a repetition 409 `duplicate_request`; a queue job's retries run under its first grant.
 *
 * @throws AccessDeniedException `quota_exceeded`, or the reason of an earlier layer
 * @throws ConflictError `duplicate_request`, `idempotency_mismatch`
 * @throws InvalidRequestError `quantity_invalid`, `idempotency_key_invalid`
 * @example
 * \@Consumes('executions')
 * \@Post(':id/executions')
 * execute() {}
 */
export function Consumes<Arguments extends readonly never[]>(
  quotas: QuotaKey | readonly [QuotaKey, ...QuotaKey[]],
  options: ConsumesOptions<Arguments> = {},
): MethodDecorator {
  const features = typeof quotas === 'string' ? [quotas] : [...quotas];
  const { quantity = 1, holdSeconds = HOLD_SECONDS } = options;
  return gated(
    {
      features,
      check: async (services, { context }) => {
        const { decision } = await services.meters.ask(context, features);
        services.get(Denials).insist(decision);
      },
      entersLast: true,
      enter: async (services, { context, args, execution, job, left }) => {
        const units = typeof quantity === 'number' ? quantity : quantity(...(args as unknown as Arguments));
        const wanted = features.map((feature) => ({ feature, quantity: wholeUnits(units) }));
        const chargeOn = options.chargeOn ?? services.meters.chargeOn(features);
        const counted = await services.meters.count(context, wanted, {
          key: idempotencyKeyOf(execution, job),
          holdSeconds: chargeOn === 'attempt' ? null : holdSeconds,
          tx: null,
        });
        services.get(Denials).insistFor(execution, counted.decision, counted.limits);
        left.decisions.give(...counted.decisions.flatMap((one) => (one.allowed ? [one] : [])));
        // A job's own retry is no second request: it goes on under the grant that it has.
        if (counted.replayed && !job) throw new DuplicateRequestError(counted.decision);
        return chargeOn === 'attempt'
          ? null
          : chargeExit(services.meters, { counted, wanted, context }, execution, job);
      },
    },
    meterGuard(features),
  );
}

/** The request was granted before under the same key, and has run: it does not run again. */
export class DuplicateRequestError extends ConflictError {
  constructor(decision: object) {
    super('duplicate_request', 'A request with this Idempotency-Key was granted already', { decision });
  }
}

function wholeUnits(units: number): bigint {
  if (Number.isSafeInteger(units) && units >= 1) return BigInt(units);
  throw new InvalidRequestError('quantity_invalid', 'A quantity is a whole number from 1');
}

function meterGuard(features: readonly string[]): Type<CanActivate> {
  @Injectable()
  class MeterGuard implements CanActivate {
    constructor(
      private readonly contexts: AccessContexts,
      private readonly gate: MeterGate,
      private readonly denials: Denials,
    ) {}

    async canActivate(execution: ExecutionContext): Promise<boolean> {
      const { decision, limits } = await this.gate.ask(await this.contexts.of(execution), features);
      this.denials.insistFor(execution, decision, limits);
      return true;
    }
  }
  return mixin(MeterGuard);
}
