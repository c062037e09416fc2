import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  mixin,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { CapacityNotTakenError, GateMisdeclaredError } from './access.errors.js';
import { CapacityClaim } from './capacity-claim.js';
import { CapacityGate } from './capacity-gate.service.js';
import { markGated } from './gate-mark.js';

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
export function WithinCapacity(...features: readonly [string, ...string[]]): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    insistOnTheClaim(descriptor, features);
    applyDecorators(markGated(), UseGuards(capacityGuard(features)))(target, key, descriptor);
  };
}

function capacityGuard(features: readonly string[]): Type<CanActivate> {
  @Injectable()
  class CapacityGuard implements CanActivate {
    constructor(private readonly gate: CapacityGate) {}

    async canActivate(execution: ExecutionContext): Promise<boolean> {
      const claim = await this.gate.claim(execution, features);
      claims.set(execution.switchToHttp().getRequest<object>(), claim);
      return true;
    }
  }
  return mixin(CapacityGuard);
}

/** Wraps the handler; metadata that other decorators already put on it moves along. */
function insistOnTheClaim(descriptor: PropertyDescriptor, features: readonly string[]): void {
  const handler = descriptor.value as (...parameters: unknown[]) => unknown;
  async function handlerWithClaim(this: unknown, ...parameters: unknown[]): Promise<unknown> {
    const result = await handler.apply(this, parameters);
    const claim = parameters.find((parameter) => parameter instanceof CapacityClaim);
    if (!claim?.taken) throw new CapacityNotTakenError(features);
    return result;
  }
  for (const metadataKey of Reflect.getMetadataKeys(handler) as string[]) {
    Reflect.defineMetadata(metadataKey, Reflect.getMetadata(metadataKey, handler), handlerWithClaim);
  }
  descriptor.value = handlerWithClaim;
}
