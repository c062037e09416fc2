import { type CanActivate, type ExecutionContext, Injectable, mixin, type Type } from '@nestjs/common';
import { DomainError } from '@tollgate/kernel';
import { AccessContexts } from '../access/access-contexts.service.js';
import type { CeilingKey } from '../catalog/registered-catalog.js';
import { CeilingGate } from '../gates/ceiling-gate.service.js';
import { Denials } from '../gates/denials.service.js';
import { gated } from './gated-method.js';

/** How large a thing is to be, from the arguments of the handler after pipes; a whole number from 0. */
export type SizeOf<Arguments extends readonly never[]> = (...args: Arguments) => number;

/**
 * Lets a thing be made or changed only while it is not larger than the plan allows. `sizeOf` gets the handler's own
 * arguments, validated by their pipes.
 *
 * @throws AccessDeniedException `ceiling_exceeded` with `limit` and `requested`, or the reason of an earlier layer
 * @example
 * \@WithinCeiling('nodes_per_workflow', (form: WorkflowForm) => form.nodes.length)
 * \@Patch(':id')
 * change(\@Body({ schema: workflowForm }) form: WorkflowForm) {}
 */
export function WithinCeiling<Arguments extends readonly never[]>(
  feature: CeilingKey,
  sizeOf: SizeOf<Arguments>,
): MethodDecorator {
  return gated(
    {
      features: [feature],
      check: async (services, { context }) => {
        services.get(Denials).insist(await services.ceilings.ask(context, feature));
      },
      enter: async (services, { context, args, execution, left }) => {
        const size = sizeIn(sizeOf(...(args as unknown as Arguments)), feature);
        const decision = await services.ceilings.within(context, feature, size);
        left.decisions.give(services.get(Denials).insistFor(execution, decision));
        return null;
      },
    },
    ceilingGuard(feature),
  );
}

/** @throws DomainError defect `ceiling_size_invalid`: the application measures wrongly */
function sizeIn(size: number, feature: string): bigint {
  if (Number.isSafeInteger(size) && size >= 0) return BigInt(size);
  throw new DomainError('defect', 'ceiling_size_invalid', `The size held against ${feature} is ${size}`);
}

function ceilingGuard(feature: string): Type<CanActivate> {
  @Injectable()
  class CeilingGuard implements CanActivate {
    constructor(
      private readonly contexts: AccessContexts,
      private readonly gate: CeilingGate,
      private readonly denials: Denials,
    ) {}

    async canActivate(execution: ExecutionContext): Promise<boolean> {
      const decision = await this.gate.ask(await this.contexts.of(execution), feature);
      this.denials.insistFor(execution, decision);
      return true;
    }
  }
  return mixin(CeilingGuard);
}
