import { type CanActivate, type ExecutionContext, Injectable, mixin, type Type } from '@nestjs/common';
import { AccessContexts } from '../access/access-contexts.service.js';
import type { FeatureKey } from '../catalog/registered-catalog.js';
import { Denials } from '../gates/denials.service.js';
import { FeatureGate } from '../gates/feature-gate.service.js';
import { giveToHandler } from './current-decision.decorator.js';
import { gated } from './gated-method.js';

/**
 * Lets only callers in whose owner's plan (and rollout) includes the feature; counts nothing. On controllers it is a
 * guard made for this very decorator; on queue processors, cron handlers and other providers it is asked before the
 * method runs, which then answers a promise.
 *
 * @throws AccessDeniedException with the reason
 * @example
 * \@RequiresFeature('export')
 * \@Post('v1/export')
 * export() {}
 */
export function RequiresFeature(feature: FeatureKey): MethodDecorator {
  return gated(
    {
      features: [feature],
      check: async (services, { context, left }) => {
        const { decision } = await services.features.ask(context, feature);
        left.decisions.give(services.get(Denials).insist(decision));
      },
    },
    featureGuard(feature),
  );
}

function featureGuard(feature: string): Type<CanActivate> {
  @Injectable()
  class FeatureGuard implements CanActivate {
    constructor(
      private readonly contexts: AccessContexts,
      private readonly gate: FeatureGate,
      private readonly denials: Denials,
    ) {}

    /** Answers at once when memory knows: a promise costs more than the decision. */
    canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
      const context = this.contexts.now(execution);
      const decision = context && this.gate.passing(context, feature);
      if (!decision) return this.ask(execution);
      giveToHandler(execution, decision);
      return true;
    }

    private async ask(execution: ExecutionContext): Promise<boolean> {
      const { decision, limits } = await this.gate.ask(await this.contexts.of(execution), feature);
      giveToHandler(execution, this.denials.insistFor(execution, decision, limits));
      return true;
    }
  }
  return mixin(FeatureGuard);
}
