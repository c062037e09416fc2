import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  mixin,
  type Type,
} from '@nestjs/common';
import { AccessContexts } from '../access/access-contexts.service.js';
import { CapacityNotTakenError, GateMisdeclaredError } from '../access/access.errors.js';
import type { CapacityKey } from '../catalog/registered-catalog.js';
import type { Allowed } from '../decisions/decision.js';
import { CapacityClaim } from '../gates/capacity-claim.js';
import { CapacityGate } from '../gates/capacity-gate.service.js';
import { Denials } from '../gates/denials.service.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';
import { giveToHandler } from './current-decision.decorator.js';
import type { Exit } from './gate.js';
import { gated } from './gated-method.js';

const claims = new WeakMap<object, CapacityClaim>();

/** The claim that `@WithinCapacity` left for this handler; its `take(tx)` is what enforces the limit. */
export const Claim = createParamDecorator((_: unknown, execution: ExecutionContext): CapacityClaim => {
  const claim = claims.get(execution.switchToHttp().getRequest<object>());
  if (!claim) throw new GateMisdeclaredError('A handler asks for a claim without @WithinCapacity');
  return claim;
});

/**
 * Lets callers in while one more of each capacity fits, and hands the handler a claim that it must take in the
 * transaction of the thing it creates. A handler that succeeds without taking its claim fails.
 *
 * @throws AccessDeniedException `capacity_reached`, `over_limit`, or the reason of an earlier layer
 * @throws CapacityNotTakenError when the handler resolved without `claim.take(tx)`
 * @example
 * \@WithinCapacity('workflows', 'workflows_per_organization')
 * \@Post()
 * create(\@Claim() claim: CapacityClaim) {
 *   return this.transactions.run(async (tx) => { await claim.take(tx); return this.workflows.insert(tx); });
 * }
 */
export function WithinCapacity(...features: readonly [CapacityKey, ...CapacityKey[]]): MethodDecorator {
  return gated(
    {
      features,
      check: async (services, entry) => {
        const claim = await services.capacities.claim(entry.context, features);
        if (!(claim instanceof CapacityClaim)) throw services.get(Denials).exception(claim);
        entry.left.claim = claim;
        entry.left.decisions.give(...claim.decisions);
      },
      enter: (_, { execution, left }) => {
        const request = execution?.switchToHttp().getRequest<object>();
        const claim = request ? (claims.get(request) ?? null) : left.claim;
        return Promise.resolve(insistOnTaking(claim, features));
      },
    },
    capacityGuard(features),
  );
}

function insistOnTaking(claim: CapacityClaim | null, features: readonly string[]): Exit {
  return {
    succeeded: () => (claim?.taken ? Promise.resolve() : Promise.reject(new CapacityNotTakenError(features))),
    failed: () => Promise.resolve(),
  };
}

/** The capacity as clients may be told of it, the place that is about to be taken counted in; none when it is unlimited. */
function placesLeft({ feature, limit, remaining }: Allowed): ServiceLimit[] {
  if (limit === null || remaining === undefined) return [];
  const left = { remaining: Math.max(0, Number(remaining) - 1), resetInSeconds: null };
  return [{ name: feature, limit: Number(limit), perSeconds: null, ...left }];
}

function capacityGuard(features: readonly string[]): Type<CanActivate> {
  @Injectable()
  class CapacityGuard implements CanActivate {
    constructor(
      private readonly contexts: AccessContexts,
      private readonly gate: CapacityGate,
      private readonly denials: Denials,
    ) {}

    async canActivate(execution: ExecutionContext): Promise<boolean> {
      const claim = await this.gate.claim(await this.contexts.of(execution), features);
      if (!(claim instanceof CapacityClaim)) this.denials.insistFor(execution, claim);
      else {
        claims.set(execution.switchToHttp().getRequest<object>(), claim);
        giveToHandler(execution, ...claim.decisions);
        for (const decision of claim.decisions)
          this.denials.insistFor(execution, decision, placesLeft(decision));
      }
      return true;
    }
  }
  return mixin(CapacityGuard);
}
