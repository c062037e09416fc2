import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  mixin,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { FeatureGate } from './feature-gate.service.js';
import { markGated } from './gate-mark.js';

/**
 * Lets only callers in whose owner's plan (and rollout) includes the feature; counts nothing. The guard is made
 * for this very decorator, so there is no metadata that could go missing.
 *
 * @throws AccessDeniedException with the reason
 * @example
 * \@RequiresFeature('export')
 * \@Post('v1/export')
 * export() {}
 */
export function RequiresFeature(feature: string): MethodDecorator {
  return applyDecorators(markGated(), UseGuards(featureGuard(feature)));
}

function featureGuard(feature: string): Type<CanActivate> {
  @Injectable()
  class FeatureGuard implements CanActivate {
    constructor(private readonly gate: FeatureGate) {}

    async canActivate(execution: ExecutionContext): Promise<boolean> {
      await this.gate.pass(execution, feature);
      return true;
    }
  }
  return mixin(FeatureGuard);
}
